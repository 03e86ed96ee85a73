"""A network that ends at this machine.

The tests are started in a network namespace of their own (unshare --net), in which nothing but
loopback exists and even that is down at first. Whatever an address in a request says, no packet
leaves the machine.
"""

import fcntl
import socket
import struct

# linux/sockios.h and linux/if.h.
SIOCGIFFLAGS = 0x8913
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1


def is_alone():
    """Whether loopback is the only network here."""
    return [name for _, name in socket.if_nameindex()] == ["lo"]


def raise_loopback():
    """Brings loopback up."""
    with socket.socket() as any_socket:
        request = struct.pack("16sh", b"lo", 0)
        _, flags = struct.unpack("16sh", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))
