import Foundation
import Sales
import Testing

@testable import Settings

@Suite struct BillgateSettingsTests {
    @Test("what is left out of the table has the published default")
    func defaults() throws {
        let left = try #require(try SampleConfiguration.parse(SampleConfiguration.billgate).billgate)
        var written = try #require(try SampleConfiguration.parse(SampleConfiguration.full).billgate)
        #expect(written.keyFile == "/etc/kamkap/billgate-key")
        #expect(written.certificates == "/etc/kamkap/extra-ca.pem")
        #expect(written.proxy?.address == ListenAddress("proxy.lan:3128"))
        #expect(written.proxy?.loginFile == "/etc/kamkap/proxy-login")
        written.keyFile = left.keyFile
        written.certificates = nil
        written.proxy = nil
        #expect(written == left)
        #expect(left.endpoint == "https://api.billme.co.th")
        #expect(left.numberPrefix.isEmpty)
        #expect(left.timeout == .seconds(5))
        #expect(left.concurrency == 4)
        #expect(left.lookUpPages == 50)
        #expect(left.walkIn.name == "ลูกค้าทั่วไป")
        #expect(left.walkIn.taxNumber == "0000000000000")
        #expect(left.walkIn.phoneNumber == "-")
        #expect(left.walkIn.address.houseNumber == "99")
        #expect(left.walkIn.address.postCode == "10110")
    }

    @Test("values other than the defaults are taken")
    func otherValues() throws {
        let text = SampleConfiguration.billgate
            .replacing(
                "key_file = \"key\"",
                with: """
                    key_file = "./key"
                    endpoint = "http://127.0.0.1:8080"
                    number_prefix = "สาขา2-"
                    timeout = "700ms"
                    concurrency = 1
                    look_up_pages = 500
                    """
            )
            .replacing(
                "house_number",
                with: "name = \"เงินสด\"\ntax_number = \"0105561000003\"\nphone_number = \"0\"\nhouse_number")
        let billgate = try #require(try SampleConfiguration.parse(text).billgate)
        #expect(billgate.endpoint == "http://127.0.0.1:8080")
        #expect(billgate.numberPrefix == "สาขา2-")
        #expect(billgate.timeout == .milliseconds(700))
        #expect(billgate.concurrency == 1)
        #expect(billgate.lookUpPages == 500)
        #expect(billgate.walkIn.name == "เงินสด")
        #expect(billgate.walkIn.taxNumber == "0105561000003")
        #expect(billgate.walkIn.phoneNumber == "0")
    }

    @Test("the key's file is looked up among the credentials first")
    func credentials() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("credentials-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("k".utf8).write(to: folder.appendingPathComponent("key"))
        let settings = try SampleConfiguration.parse(SampleConfiguration.billgate, credentials: folder.path)
        #expect(settings.billgate?.keyFile == folder.appendingPathComponent("key").path)
    }

    @Test(
        "a wrong value is refused, with its key, its line and what is accepted",
        arguments: [
            ("key_file", "key_file = \"\"", "key_file", "an empty string"),
            ("key_file", "key_file = 1", "key_file", "expected a string"),
            ("key_file", "secret_file = \"key\"\nkey_file = \"key\"", "secret_file", "unknown key"),
            ("key_file", "endpoint = \"http://10.0.0.1\"\nkey_file = \"key\"", "endpoint", "https"),
            ("key_file", "endpoint = \"api.billme.co.th\"\nkey_file = \"key\"", "endpoint", "https"),
            ("key_file", "number_prefix = \"A \"\nkey_file = \"key\"", "number_prefix", "can be seen"),
            ("key_file", "number_prefix = \"A\\u200B\"\nkey_file = \"key\"", "number_prefix", "can be seen"),
            (
                "key_file", "number_prefix = \"\(String(repeating: "ก", count: 65))\"\nkey_file = \"key\"",
                "number_prefix", "at most 64"
            ),
            ("key_file", "timeout = \"0s\"\nkey_file = \"key\"", "timeout", "above 0"),
            ("key_file", "concurrency = 0\nkey_file = \"key\"", "concurrency", "1 to 64"),
            ("key_file", "look_up_pages = 9\nkey_file = \"key\"", "look_up_pages", "10 to 500"),
            ("key_file", "look_up_pages = 501\nkey_file = \"key\"", "look_up_pages", "10 to 500"),
            ("key_file", "look_up_pages = \"50\"\nkey_file = \"key\"", "look_up_pages", "found a string"),
            ("key_file", "proxy = \"proxy.lan\"\nkey_file = \"key\"", "proxy", "http://proxy.lan:3128"),
            ("house_number", "house_number = \"\"", "walk_in.house_number", "something that can be seen"),
            ("house_number", "house_number = \" \"", "walk_in.house_number", "something that can be seen"),
            ("house_number", "house_number = \"9\\n9\"", "walk_in.house_number", "one line"),
            ("house_number", "house_number = \"9\\u0007\"", "walk_in.house_number", "one line"),
            ("house_number", "house_number = 99", "walk_in.house_number", "found an integer"),
            ("house_number", "name = \"\"\nhouse_number = \"99\"", "walk_in.name", "something that can be seen"),
            ("house_number", "phone_number = \"\"\nhouse_number = \"99\"", "walk_in.phone_number", "1 to 256"),
            ("house_number", "tax_number = \"0\"\nhouse_number = \"99\"", "walk_in.tax_number", "13 digits"),
            (
                "house_number", "tax_number = \"0-0000-00000-00-0\"\nhouse_number = \"99\"", "walk_in.tax_number",
                "13 digits"
            ),
            ("sub_district", "sub_district = \"\\u200B\"", "walk_in.sub_district", "something that can be seen"),
            ("post_code", "post_code = \"1011\"", "walk_in.post_code", "5 digits"),
            ("post_code", "post_code = 10110", "walk_in.post_code", "found an integer"),
            ("post_code", "post_code = \"๑๐๑๑๐\"", "walk_in.post_code", "5 digits"),
        ])
    func wrongValues(line: String, replacement: String, key: String, detail: String) throws {
        var lines = SampleConfiguration.billgate.components(separatedBy: "\n")
        let index = try #require(lines.firstIndex { $0.hasPrefix(line) })
        lines[index] = replacement
        let faults = SampleConfiguration.faults(of: lines.joined(separator: "\n"))
        #expect(faults.map(\.key) == ["billgate.\(key)"])
        #expect(faults.first?.line == index + 1)
        #expect(faults.first?.detail.contains(detail) == true, "\(faults)")
    }

    @Test("a rate of VAT that Billgate does not take is refused where it registers new sales")
    func rate() {
        for (rate, isRefused) in [("0.07", false), ("0", false), ("0.070001", true), ("0.10", true)] {
            let faults = SampleConfiguration.faults(
                of: SampleConfiguration.billgate + "\n[sales]\nvat_rate = \"\(rate)\"\n")
            #expect(faults.map(\.key) == (isRefused ? ["sales.vat_rate"] : []), "\(rate): \(faults)")
        }
    }

    @Test("a walk-in that is missing is asked for where its table would stand")
    func noWalkIn() {
        let text = SampleConfiguration.billgate.replacing(#/\[billgate\.walk_in\](?s:.)*10110"\n/#, with: "")
        let expected = SettingsFault(key: "billgate.walk_in", line: 7, detail: "required, but missing")
        #expect(SampleConfiguration.faults(of: text) == [expected])
    }

    @Test("a walk-in on one line has its faults there")
    func inline() {
        let text = SampleConfiguration.billgate.replacing(
            #/\[billgate\.walk_in\](?s:.)*10110"\n/#,
            with: """
                walk_in = { house_number = "99", sub_district = "", province = "กรุงเทพมหานคร", post_code = "10110" }

                """)
        let faults = SampleConfiguration.faults(of: text)
        #expect(faults.map(\.key) == ["billgate.walk_in.sub_district", "billgate.walk_in.district"])
        #expect(faults.map(\.line) == [9, 9])
    }
}
