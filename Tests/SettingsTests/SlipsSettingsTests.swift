import Foundation
import Testing

@testable import Settings

@Suite struct SlipsSettingsTests {
    private static let least = SampleConfiguration.minimal + "\n[slips]\nkey_file = \"key\""
    private static let lines = SampleConfiguration.minimal.components(separatedBy: "\n").count

    @Test("no slip is taken unless the table stands, and then the rest has its published default")
    func defaults() throws {
        #expect(try SampleConfiguration.parse(SampleConfiguration.minimal).slips == nil)
        let slips = try #require(try SampleConfiguration.parse(Self.least).slips)
        #expect(slips == SlipsSettings(keyFile: "/etc/kamkap/key"))
        #expect(slips.endpoint == "https://www.scanlyiq.com")
        #expect(slips.model == nil && slips.project == nil)
        #expect(slips.methods == ["transfer", "promptpay", "qr"])
        #expect(slips.accounts.isEmpty)
        #expect(slips.dateTolerance == 1)
        #expect(slips.keep == .seconds(7 * 86_400))
        #expect(slips.maximumImage == 8 * 1_024 * 1_024)
        #expect(slips.giveUpAfter == .seconds(600))
        #expect(slips.certificates == nil && slips.proxy == nil)
    }

    @Test("every key is taken, and what has a default was written as that")
    func everyKey() throws {
        var written = try #require(try SampleConfiguration.parse(SampleConfiguration.full).slips)
        #expect(written.keyFile == "/etc/kamkap/scanlyiq-key")
        #expect(written.model == "Gemini 2.5 Flash")
        #expect(written.project == "project_id")
        #expect(written.accounts == ["1234567890"])
        #expect(written.certificates == "/etc/kamkap/extra-ca.pem")
        #expect(written.proxy?.address == ListenAddress("proxy.lan:3128"))
        #expect(written.proxy?.loginFile == "/etc/kamkap/proxy-login")
        (written.model, written.project, written.certificates, written.proxy) = (nil, nil, nil, nil)
        written.accounts = []
        #expect(written == SlipsSettings(keyFile: "/etc/kamkap/scanlyiq-key"))
    }

    @Test("values other than the defaults are taken")
    func otherValues() throws {
        let text =
            Self.least + """

                endpoint = "http://127.0.0.1:8080"
                methods = ["โอน"]
                accounts = ["123-4-56789-0", "0812345678", "0105561000003", "1234 5678 9012 345"]
                date_tolerance = "48h"
                keep = "0s"
                max_image = "47MiB"
                give_up_after = "24h"
                """
        let slips = try #require(try SampleConfiguration.parse(text).slips)
        #expect(slips.endpoint == "http://127.0.0.1:8080")
        #expect(slips.methods == ["โอน"])
        #expect(slips.accounts == ["1234567890", "0812345678", "0105561000003", "123456789012345"])
        #expect(slips.dateTolerance == 2)
        #expect(slips.keep == .zero)
        #expect(slips.maximumImage == 47 * 1_024 * 1_024)
        #expect(slips.giveUpAfter == .seconds(86_400))
    }

    @Test("the key's file is looked up among the credentials first") func credentials() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("credentials-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("k".utf8).write(to: folder.appendingPathComponent("key"))
        let settings = try SampleConfiguration.parse(Self.least, credentials: folder.path)
        #expect(settings.slips?.keyFile == folder.appendingPathComponent("key").path)
    }

    @Test(
        "a wrong value is refused, with its key, its line and what is accepted",
        arguments: [
            ("endpoint", "\"http://10.0.0.1\"", "https"), ("endpoint", "7", "https"),
            ("model", "\"\"", "an empty string"), ("project", "1", "expected a string"),
            ("methods", "[]", "at least one"), ("methods", "[\"\"]", "1 to 64"),
            ("methods", "\"qr\"", "an array of strings"),
            ("methods", "[\"qr\", 1]", "something else"), ("accounts", "[\"12345\"]", "6 to 20 digits"),
            ("accounts", "[\"1234567890\", \"x\"]", "6 to 20 digits"),
            ("accounts", "[\"๑๒๓๔๕๖๗๘๙๐\"]", "6 to 20 digits"),
            ("accounts", "[\"xxx-x-x1234-x\"]", "6 to 20 digits"), ("accounts", "[1234567890]", "something else"),
            ("accounts", "[\"123456789012345678901\"]", "6 to 20 digits"),
            ("date_tolerance", "\"12h\"", "whole days"), ("date_tolerance", "\"32d\"", "\"31d\""),
            ("date_tolerance", "1", "whole days"), ("date_tolerance", "\"-1d\"", "whole days"),
            ("keep", "\"1w\"", "a duration"), ("max_image", "\"48MiB\"", "\"47MiB\""),
            ("max_image", "\"0B\"", "\"1KiB\""),
            ("max_image", "8388608", "a size"), ("give_up_after", "\"59s\"", "\"1m\""),
            ("give_up_after", "\"25h\"", "\"24h\""), ("proxy", "\"proxy.lan\"", "http://proxy.lan:3128"),
            ("proxy_login_file", "\"login\"", "slips.proxy"), ("secret_file", "\"key\"", "unknown key"),
        ])
    func wrongValues(key: String, value: String, detail: String) {
        let faults = SampleConfiguration.faults(of: Self.least + "\n\(key) = \(value)")
        #expect(faults.map(\.key) == ["slips.\(key)"])
        #expect(faults.first?.line == Self.lines + 3)
        #expect(faults.first?.detail.contains(detail) == true, "\(faults)")
        #expect(key != "accounts" || faults.first?.detail.contains("xxx") == false)
    }

    @Test("without its key the table is refused") func noKey() {
        let faults = SampleConfiguration.faults(of: SampleConfiguration.minimal + "\n[slips]")
        #expect(faults == [SettingsFault(key: "slips.key_file", line: Self.lines + 1, detail: "required, but missing")])
    }
}
