public import Foundation

/// An authority that signs certificates for tests, by the openssl command, in a folder of its own.
public struct TestAuthority: Sendable {
    /// Which certificate a server shows.
    public enum Kind: Sendable {
        /// For localhost and 127.0.0.1, signed by the authority.
        case good
        /// For another host.
        case otherHost
        /// Until yesterday.
        case expired
        /// Signed by itself, for localhost.
        case selfSigned
    }

    public let folder: URL

    /// The authority's own certificate, PEM.
    public var certificate: String { file("ca.pem") }

    public static func open<Value: Sendable>(
        _ body: (TestAuthority) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kk-ca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = TestAuthority(folder: folder)
        try await authority.openssl(
            ["req", "-x509"] + Self.newKey + ["-days", "30", "-subj", "/CN=Test Authority"], to: "ca.pem", key: "ca.key"
        )
        return try await body(authority)
    }

    /// Files of a certificate and its key, PEM.
    public func issue(_ kind: Kind) async throws -> (certificate: String, key: String) {
        let name = "\(kind)"
        let (certificate, key) = (name + ".pem", name + ".key")
        let hosts = kind == .otherHost ? "DNS:portal.example" : "DNS:localhost,IP:127.0.0.1"
        if kind == .selfSigned {
            try await openssl(
                ["req", "-x509"] + Self.newKey
                    + ["-days", "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=\(hosts)"],
                to: certificate, key: key)
        } else {
            try await openssl(["req"] + Self.newKey + ["-subj", "/CN=localhost"], to: name + ".csr", key: key)
            try Data("subjectAltName=\(hosts)\n".utf8).write(to: folder.appendingPathComponent(name + ".ext"))
            try await openssl(
                [
                    "x509", "-req", "-in", file(name + ".csr"), "-CA", file("ca.pem"), "-CAkey", file("ca.key"),
                    "-CAcreateserial", "-days", kind == .expired ? "-1" : "30", "-extfile", file(name + ".ext"),
                ], to: certificate)
        }
        return (file(certificate), file(key))
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]

    private func file(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func openssl(_ arguments: [String], to output: String, key: String? = nil) async throws {
        try await TestProgram.run(
            "/usr/bin/openssl", arguments + ["-out", file(output)] + (key.map { ["-keyout", file($0)] } ?? []))
    }
}
