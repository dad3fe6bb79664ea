"""An authority of a test's own, and TLS in front of a server, as an operator's proxy speaks it."""

import base64
import hashlib
import socket
import ssl
import subprocess
import threading
from pathlib import Path


class Authority:
    """Signs one certificate for some hosts; whoever trusts `certificate` trusts them, and nobody else does."""

    def __init__(self, folder: Path, hosts: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = folder / "authority.pem"
        self.chain = folder / "server.pem"
        self.key = folder / "server.key"
        authority_key, request, extensions = folder / "authority.key", folder / "server.csr", folder / "server.ext"
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        _openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=A test's authority", "-addext",
                 "basicConstraints=critical,CA:TRUE", "-keyout", authority_key, "-out", self.certificate)
        _openssl("req", *curve, "-subj", "/CN=A test's server", "-keyout", self.key, "-out", request)
        names = ",".join(f"{'IP' if host[0].isdigit() else 'DNS'}:{host}" for host in hosts)
        extensions.write_text(f"subjectAltName={names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
        _openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", authority_key, "-CAcreateserial",
                 "-days", "2", "-extfile", extensions, "-out", self.chain)

    @property
    def key_fingerprint(self) -> str:
        """The SHA-256 of the server's public key, in base64: by it a browser can be told to trust this key alone."""
        public = subprocess.run(["openssl", "pkey", "-in", self.key, "-pubout", "-outform", "DER"],
                                check=True, capture_output=True).stdout
        return base64.b64encode(hashlib.sha256(public).digest()).decode()


class TLSFront:
    """Takes TLS connections at an address and passes what is in them on to a port of this machine."""

    def __init__(self, authority: Authority, address: tuple[str, int], target: int) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.chain, authority.key)
        # The handshake belongs to each connection's thread: a client that stalls in it holds up nobody else.
        self._listener = socket.create_server(address, backlog=128)
        self._context = context
        self._target = target
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Takes no more connections."""
        # shutdown() wakes the thread that waits in accept(); close() alone does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, plain: socket.socket) -> None:
        try:
            client = self._context.wrap_socket(plain, server_side=True)
            server = socket.create_connection(("127.0.0.1", self._target))
        except OSError:  # a client that does not trust us, or a server that is away
            plain.close()
            return
        back = threading.Thread(target=_copy, args=(server, client), daemon=True)
        back.start()
        _copy(client, server)
        back.join()
        client.close()
        server.close()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except (OSError, ValueError):
        pass


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
