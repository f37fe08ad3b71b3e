public import Foundation
import NIOCore
import NIOSSL

/// A certificate with its key, for tills on the network.
public struct ListenerTLS: Sendable {
    public struct Fault: Error, Sendable {
        public let message: String
        /// Whether the fault is the key's; otherwise it is the certificate's.
        public var isOfKey = false
    }

    /// When the first certificate of the chain expires.
    public let expiresAt: Date
    private let context: NIOSSLContext

    /// - Parameters:
    ///   - certificate: the path of a PEM file: the server's certificate, then those that lead to its issuer.
    ///   - key: the text of a PEM file.
    public init(certificate: String, key: String) throws(Fault) {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw Fault(message: "\(certificate) cannot be read as certificates in PEM form")
        }
        guard let own = chain.first else { throw Fault(message: "\(certificate) holds no certificate") }
        expiresAt = Date(timeIntervalSince1970: TimeInterval(own.notValidAfter))
        let privateKey: NIOSSLPrivateKey
        do { privateKey = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem) } catch {
            throw Fault(message: "the key is not one in PEM form without a password", isOfKey: true)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // Waiting for a peer's close_notify holds a descriptor, and a stop.
        configuration.shutdownTimeout = .milliseconds(500)
        do { context = try NIOSSLContext(configuration: configuration) } catch {
            throw Fault(message: "the key does not belong to the certificate \(certificate)", isOfKey: true)
        }
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context) }
}
