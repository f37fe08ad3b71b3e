import Foundation
import NIOSSL

/// A file of PEM certificates, read once and whole: a fault in it is known before the first call.
public struct CertificateFile: Sendable {
    let certificates: [NIOSSLCertificate]

    /// - Parameter path: a fault in the file throws a message that names it.
    public init(path: String) throws(CertificateFileError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CertificateFileError(message: "\(path) cannot be read")
        }
        guard let found = try? NIOSSLCertificate.fromPEMBytes([UInt8](data)), !found.isEmpty else {
            throw CertificateFileError(
                message: """
                    \(path) holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----. One in DER is \
                    turned into PEM by: openssl x509 -inform der -in FILE -out FILE.pem
                    """)
        }
        certificates = found
    }
}

/// Why a file of certificates cannot be used.
public struct CertificateFileError: Error, Sendable {
    public let message: String
}
