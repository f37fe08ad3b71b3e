import Testing

@testable import HTTPCalls

@Suite struct FileLocationTests {
    private func fault(_ text: String, _ reach: FileReach = .world) -> String? {
        do {
            _ = try FileLocation(text, reach: reach)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("https to any public host is called", arguments: FileLocationTests.reaches)
    func accepted(reach: FileReach) {
        for text in [
            "https://temporary.example.com/thai-document/a?b=c%20d", "HTTPS://files.example:8443/", "https://8.8.8.8/x",
            "https://[2606:4700::1111]/x",
        ] {
            #expect(fault(text, reach) == nil, "\(text)")
        }
    }

    static let reaches: [FileReach] = [.world, .worldAndThisMachine]

    @Test(
        "nothing but https is called, and no host of this machine or its network; no word of it is repeated",
        arguments: [
            ("http://secret.example/key", "not https"), ("file:///etc/secret-key", "not https"),
            ("http+unix://%2Frun%2Fkamkap%2Fpos.sock/secret-key", "not https"), ("unix:///run/secret-key", "not https"),
            ("https+unix://%2Frun%2Fsecret-key", "not https"), ("ftp://secret.example/key", "not https"),
            ("data:application/pdf,secret-key", "not https"), ("//secret.example/key", "no URL"),
            ("secret-key", "no URL"), ("", "no URL"), ("https:///secret-key", "no host"),
            ("https://user:secret-key@files.example/", "a login"), ("https://secret-key@files.example/", "a login"),
            ("https://127.0.0.1/secret-key", "not public"), ("https://localhost:631/secret-key", "not public"),
            ("https://[::1]/secret-key", "not public"), ("https://169.254.169.254/secret-key", "not public"),
            ("https://192.168.1.1/secret-key", "not public"), ("https://[fe80::1]/secret-key", "not public"),
            ("http://127.0.0.1/secret-key", "not https"),
            ("https://files.example/" + String(repeating: "secret-key", count: 1_000), "10022 bytes"),
        ])
    func refused(text: String, words: String) {
        let fault = fault(text)
        #expect(fault?.contains(words) == true, "\(fault ?? "accepted")")
        #expect(fault?.contains("secret") == false)
    }

    @Test("a service on this machine may name files on this machine, and no other way but http or https")
    func thisMachine() {
        for text in ["http://127.0.0.1:8080/a", "http://localhost/a", "http://[::1]:9/a", "https://localhost/a"] {
            #expect(fault(text, .worldAndThisMachine) == nil, "\(text)")
        }
        for text in [
            "http://files.example/a", "http://192.168.1.1/a", "https://192.168.1.1/a", "file:///a", "http://127.1/a",
        ] {
            #expect(fault(text, .worldAndThisMachine) != nil, "\(text)")
        }
    }

    @Test("a relative location belongs to the one before it, and is judged like any other")
    func relative() throws {
        let base = try FileLocation("https://files.example/a/b?c=d", reach: .world)
        #expect(try FileLocation("e", relativeTo: base, reach: .world).url == "https://files.example/a/e")
        #expect(try FileLocation("//other.example/f", relativeTo: base, reach: .world).url == "https://other.example/f")
        #expect(throws: FileLocationFault.self) {
            try FileLocation("//127.0.0.1/f", relativeTo: base, reach: .world)
        }
    }
}
