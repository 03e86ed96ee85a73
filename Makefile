# The two commands a newcomer needs. What they do is in scripts/ and xtask/.
.PHONY: help demo test

help:
	@echo "make demo               a running Linecard on http://127.0.0.1:8080, with a simulated phone system"
	@echo "make demo PBX=asterisk  the same with a real Asterisk and SIP phones"
	@echo "make test               everything that CI runs; the last line says N passed, N failed"
	@echo "cargo xtask help        single steps, for the people who work on Linecard"

demo:
	@scripts/demo $(PBX)

test:
	@scripts/prepare test
	@cargo xtask test
