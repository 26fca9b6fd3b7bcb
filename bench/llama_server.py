"""llama.cpp's own server over one model, as `xllamacpp` carries it.

    python bench/llama_server.py GGUF PORT [CONTEXT [PENALTY]]

Needs `pip install xllamacpp`, in an environment of its own; nothing else here does. Answers on loopback until it is
ended. PENALTY is that for repeating (1, none), which small models need to come to an end.
"""

import signal
import sys

import xllamacpp

# On a machine with other work two threads wait for each other at every layer: 13 s a token beside .12 s with one.
THREADS = 1
# Tokens, that a name's whole entry is among them.
REMEMBERED = 256


def main(model: str, port: int, context: int = 8192, penalty: float = 1.0) -> None:
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.hostnames, params.port = ["127.0.0.1"], port
    params.n_ctx, params.n_parallel = context, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    params.sampling.penalty_repeat, params.sampling.penalty_last_n = penalty, REMEMBERED
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    signal.pause()


if __name__ == "__main__":
    model, port, *more = sys.argv[1:]
    main(model, int(port), *map(int, more[:1]), *map(float, more[1:]))
