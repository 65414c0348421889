"""Notes each connection that a Python process makes, and each process that it starts.

Python imports this at its start, where the folder is in PYTHONPATH; NOTED names the file.
"""

import json
import os
import sys

_NOTED = os.open(os.environ["NOTED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_CONNECTING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
_NAMING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_STARTING = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system"}


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event in _CONNECTING:
        kind = "connection"
    elif event in _NAMING:
        kind = "name"
    elif event in _STARTING:
        kind = "process"
    else:
        return
    said = {"of": sys.orig_argv, "kind": kind, "with": [repr(one) for one in arguments]}
    line = json.dumps(said)
    os.write(_NOTED, line.encode() + b"\n")


sys.addaudithook(_note)
