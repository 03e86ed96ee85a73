"""Reads the feed on the port given with cacofonisk and tells what that took, as JSON."""

import asyncio
import json
import logging
import sys
import time

# It asks for the running loop before there is one.
asyncio.set_event_loop(asyncio.new_event_loop())

from cacofonisk.reporters import BaseReporter
from cacofonisk.runners.ami_runner import AmiRunner


class Count(BaseReporter):
    calls = 0

    def on_hangup(self, caller, reason):
        self.calls += 1


# What it warns of would cost it time.
logging.disable(logging.CRITICAL)
reporter = Count()
runner = AmiRunner([f"tcp://bench:bench@127.0.0.1:{sys.argv[1]}"], reporter)
runner.attach_all()
(manager,) = runner.ami_managers
manager.on_disconnect = lambda manager, reason: runner.loop.stop()
before = time.process_time()
runner.loop.run_forever()
spent = time.process_time() - before
print(json.dumps({"cpu_seconds": spent, "calls": reporter.calls}))
