import Foundation
import Testing

@testable import Settings

@Suite struct ProxySettingsTests {
    private static func faults(_ line: String) throws -> (faults: [SettingsFault], line: Int) {
        let (text, number) = try SampleConfiguration.full(replacing: "proxy = ", with: line)
        return (SampleConfiguration.faults(of: text), number)
    }

    @Test(
        "a proxy is an http URL with a port",
        arguments: [
            ("http://proxy.lan:3128", "proxy.lan:3128"), ("http://proxy.lan:3128/", "proxy.lan:3128"),
            ("HTTP://10.0.0.1:8080", "10.0.0.1:8080"), ("http://[fd00::1]:3128", "[fd00::1]:3128"),
        ])
    func accepted(text: String, address: String) throws {
        let (text, _) = try SampleConfiguration.full(replacing: "proxy = ", with: "proxy = \"\(text)\"")
        #expect(try SampleConfiguration.parse(text).slime?.proxy?.address.description == address)
    }

    @Test(
        "what is no such URL is refused with its key, its line and an example",
        arguments: [
            "proxy.lan:3128", "http://proxy.lan", "http://proxy.lan:0", "http://proxy.lan:99999",
            "https://proxy.lan:3128", "socks5://proxy.lan:1080", "http://proxy.lan:3128/way", "http://proxy.lan:3128?x",
            "http://:3128", "http://",
            "http://fd00::1:3128",
        ])
    func refused(text: String) throws {
        let (faults, line) = try Self.faults("proxy = \"\(text)\"")
        #expect(faults.map(\.key) == ["slime.proxy"])
        #expect(faults.first?.line == line)
        #expect(faults.first?.detail.contains("http://proxy.lan:3128") == true)
    }

    @Test(
        "a login in the URL is refused, and not repeated",
        arguments: ["http://u:s3cret@proxy.lan:3128", "u:s3cret@proxy"])
    func loginInURL(text: String) throws {
        let (faults, _) = try Self.faults("proxy = \"\(text)\"")
        #expect(faults.map(\.key) == ["slime.proxy"])
        #expect(faults.first?.detail.contains("s3cret") == false)
        #expect(faults.first?.detail.contains("belongs into a file") == true)
    }

    @Test("a login needs a proxy, and is looked up among the credentials first")
    func login() throws {
        let (faults, line) = try Self.faults("")
        #expect(faults.map(\.key) == ["slime.proxy_login_file"])
        #expect(faults.first?.line == line + 1)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("credentials-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("u:p".utf8).write(to: folder.appendingPathComponent("proxy-login"))
        let settings = try SampleConfiguration.parse(SampleConfiguration.full, credentials: folder.path)
        #expect(settings.slime?.proxy?.loginFile == folder.appendingPathComponent("proxy-login").path)
    }
}
