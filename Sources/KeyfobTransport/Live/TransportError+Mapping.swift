import AsyncHTTPClient
import KeyfobClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TransportError {
    /// The error of this library for one of those below it.
    init(mapping error: any Error, certificateFile: String?) {
        switch error {
        case is CancellationError:
            self.init(.cancelled, "cancelled", underlying: error)
        case let error as HTTPClientError:
            self.init(mapping: error)
        case let error as NIOConnectionError:
            self.init(.unreachable, Self.reason(error), underlying: error)
        case is NIOTooManyBytesError:
            self.init(.tooLarge, "the answer is too large", underlying: error)
        case HTTPParserError.invalidEOFState:
            self.init(.unreachable, "the server closed the connection in the middle of its answer", underlying: error)
        case is HTTPParserError:
            self.init(.malformed, "the answer is not HTTP", underlying: error)
        case NIOSSLError.handshakeFailed, is NIOSSLExtraError:
            self.init(.tls, "the secure connection failed: the certificate is not trusted", underlying: error)
        case NIOSSLError.failedToLoadCertificate, NIOSSLError.noSuchFilesystemObject:
            let file = certificateFile ?? ""
            self.init(.tls, "the certificates in \(file) can't be read", underlying: error)
        case is NIOSSLError, is BoringSSLError:
            self.init(.tls, "the secure connection failed", underlying: error)
        case ChannelError.connectTimeout:
            self.init(.timedOut, "no answer in time", underlying: error)
        case let error as IOError:
            self.init(.unreachable, Self.reason(error), underlying: error)
        default:
            self.init(.unreachable, "the connection failed", underlying: error)
        }
    }

    private init(mapping error: HTTPClientError) {
        switch error {
        case .cancelled, .requestStreamCancelled:
            self.init(.cancelled, "cancelled", underlying: error)
        case .deadlineExceeded, .readTimeout, .writeTimeout, .connectTimeout, .getConnectionFromPoolTimeout:
            self.init(.timedOut, "no answer in time", underlying: error)
        case .tlsHandshakeTimeout:
            self.init(.timedOut, "no secure connection in time", underlying: error)
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
            self.init(.timedOut, "the proxy did not answer in time", underlying: error)
        case .invalidProxyResponse:
            self.init(.unreachable, "the proxy refused the connection", underlying: error)
        case .proxyAuthenticationRequired:
            self.init(.unreachable, "the proxy wants a user name and password", underlying: error)
        case .remoteConnectionClosed, .uncleanShutdown:
            self.init(.unreachable, "the server closed the connection", underlying: error)
        default:
            self.init(.unreachable, "the request failed", underlying: error)
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        if let failure = error.connectionErrors.first?.error {
            if let failure = failure as? IOError { return reason(failure) }
            if case ChannelError.connectTimeout = failure { return "no answer in time" }
        }
        if error.connectionErrors.isEmpty { return "there is no such host" }
        return "the connection failed"
    }

    private static func reason(_ error: IOError) -> String {
        switch error.errnoCode {
        case ECONNREFUSED: "nobody answers there (connection refused)"
        case ENETUNREACH, EHOSTUNREACH: "there is no way to that host"
        case ECONNRESET, EPIPE: "the server closed the connection"
        default: "the connection failed"
        }
    }
}
