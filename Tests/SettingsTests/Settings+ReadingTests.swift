import Foundation
import Testing

@testable import Settings

@Suite struct SettingsReadingTests {
    @Test(
        "an unknown key is refused in each table, with its line and what is accepted",
        arguments: [
            ("[store]", "store", "tax_id"), ("[[terminals]]", "terminals[0]", "register_id"),
            ("[sales]", "sales", "rounding"), ("[provider]", "provider", "use"),
            ("[slime]", "slime", "key_id"), ("[billgate]", "billgate", "look_up_pages"),
            ("[billgate.walk_in]", "billgate.walk_in", "post_code"), ("[intake]", "intake", "socket_mode"),
            ("[outbox]", "outbox", "retention"),
            ("[receipt]", "receipt", "qr_deadline"), ("[[printers]]", "printers[0]", "device"),
        ])
    func unknownKeys(header: String, table: String, known: String) throws {
        let (text, line) = try SampleConfiguration.full(replacing: header, with: "\(header)\ncolour = 1")
        let faults = SampleConfiguration.faults(of: text)
        #expect(faults.map(\.key) == ["\(table).colour"])
        #expect(faults.first?.line == line + 1)
        #expect(faults.first?.detail.hasPrefix("unknown key; accepted here: ") == true)
        #expect(faults.first?.detail.contains(known) == true)
    }

    @Test("an unknown table, and a key before any table, are refused with their lines")
    func unknownAtTheTop() {
        let faults = SampleConfiguration.faults(
            of: "# mine\ncolour = 1\n" + SampleConfiguration.minimal + "\n[shop]\nname = \"x\"")
        #expect(faults.map(\.key) == ["colour", "shop"])
        #expect(faults.map(\.line) == [2, 14])
    }

    @Test(
        "a required key that is missing is named, with the line of its table",
        arguments: [
            ("name = \"ร้าน", "store.name", "[store]"), ("tax_id", "store.tax_id", "[store]"),
            ("branch_id", "store.branch_id", "[store]"), ("endpoint", "slime.endpoint", "[slime]"),
            ("key_id", "slime.key_id", "[slime]"), ("secret_file", "slime.secret_file", "[slime]"),
            ("key_file", "billgate.key_file", "[billgate]"),
            ("house_number", "billgate.walk_in.house_number", "[billgate.walk_in]"),
            ("sub_district", "billgate.walk_in.sub_district", "[billgate.walk_in]"),
            ("district", "billgate.walk_in.district", "[billgate.walk_in]"),
            ("province", "billgate.walk_in.province", "[billgate.walk_in]"),
            ("post_code", "billgate.walk_in.post_code", "[billgate.walk_in]"),
            ("name = \"front\"", "printers[0].name", "[[printers]]"),
            ("device = \"tcp", "printers[0].device", "[[printers]]"),
            ("id = \"POS", "terminals[0].id", "[[terminals]]"),
        ])
    func missingKeys(line: String, key: String, header: String) throws {
        let (text, _) = try SampleConfiguration.full(replacing: line, with: "")
        let index = try #require(text.components(separatedBy: "\n").firstIndex { $0.hasPrefix(header) })
        let expected = SettingsFault(key: key, line: index + 1, detail: "required, but missing")
        #expect(SampleConfiguration.faults(of: text) == [expected])
    }

    @Test("a key that the second printer lacks is reported where the second printer stands")
    func missingInTheSecond() {
        let text = SampleConfiguration.minimal + "\n[[printers]]\nname = \"back\""
        let expected = SettingsFault(key: "printers[1].device", line: 12, detail: "required, but missing")
        #expect(SampleConfiguration.faults(of: text) == [expected])
    }

    @Test("an empty file is told every table that it lacks")
    func emptyFile() {
        #expect(SampleConfiguration.faults(of: "").map(\.key) == ["store", "slime", "printers"])
    }

    @Test("a configuration without a printer is refused", arguments: ["printers = []\n", ""])
    func noPrinters(line: String) throws {
        let text = line + SampleConfiguration.minimal.replacing(#/\[\[printers(?s:.)*/#, with: "")
        #expect(SampleConfiguration.faults(of: text).map(\.key) == ["printers"])
    }

    @Test(
        "a value of the wrong type or form is refused, with its key, its line and what is accepted",
        arguments: [
            ("name = \"ร้าน", "name = 7", "store.name", "expected a string, found an integer"),
            ("name = \"ร้าน", "name = \"\"", "store.name", "expected text, found an empty string"),
            ("name = \"ร้าน", "name = \" \\u200B\"", "store.name", "expected a name that can be seen"),
            ("tax_id", "tax_id = 105561000003", "store.tax_id", "found an integer"),
            ("tax_id", "tax_id = \"0105561000004\"", "store.tax_id", "check digit"),
            ("tax_id", "tax_id = \"105561000003\"", "store.tax_id", "13 digits"),
            ("branch_id", "branch_id = \"0\"", "store.branch_id", "5 digits"),
            ("address", "address = \"99\"", "store.address", "expected an array of strings, found a string"),
            ("address", "address = [\"99\", 7]", "store.address", "expected an array of strings"),
            ("endpoint", "endpoint = \"http://example.com/api\"", "slime.endpoint", "https"),
            ("endpoint", "endpoint = \"ftp://example.com/api\"", "slime.endpoint", "https"),
            ("endpoint", "endpoint = \"example.com/api\"", "slime.endpoint", "https"),
            ("endpoint", "endpoint = \"https://\"", "slime.endpoint", "https"),
            ("theme", "theme = \"retail-hatsu\"", "slime.theme", "expected a table with an id"),
            ("theme", "theme = { color = \"#cd0c2b\" }", "slime.theme", "expected a table with an id"),
            ("theme", "theme = { id = \"x\", since = 2026-01-01 }", "slime.theme", "expected a table"),
            ("theme", "theme = { id = \"x\", size = 1.5 }", "slime.theme", "expected a table"),
            ("vat_included", "vat_included = \"yes\"", "sales.vat_included", "expected true or false, found a string"),
            ("vat_included", "vat_included = 1", "sales.vat_included", "expected true or false, found an integer"),
            ("vat_rate", "vat_rate = 0.07", "sales.vat_rate", "found a floating-point number"),
            ("vat_rate", "vat_rate = \"7\"", "sales.vat_rate", "\"0.07\""),
            ("rounding", "rounding = \"lines\"", "sales.rounding", "one of \"line\", \"total\""),
            ("rounding", "rounding = true", "sales.rounding", "one of \"line\", \"total\""),
            ("use", "use = \"bilgate\"", "provider.use", "one of \"slime\", \"billgate\", found \"bilgate\""),
            ("use", "use = 1", "provider.use", "one of \"slime\", \"billgate\", found an integer"),
            ("concurrency", "vat_rate = \"0.07\"", "slime.vat_rate", "unknown key"),
            ("timeout", "timeout = 5", "slime.timeout", "a duration such as"),
            ("timeout", "timeout = \"5\"", "slime.timeout", "a duration such as"),
            ("timeout", "timeout = 2026-01-01", "slime.timeout", "found a date or time"),
            (
                "concurrency", "concurrency = \"8\"", "slime.concurrency",
                "expected an integer from 1 to 64, found a string"
            ),
            ("concurrency", "concurrency = 0", "slime.concurrency", "found 0"),
            ("concurrency", "concurrency = 65", "slime.concurrency", "found 65"),
            ("concurrency", "concurrency = 8.0", "slime.concurrency", "found a floating-point number"),
            ("socket_mode", "socket_mode = 660", "intake.socket_mode", "an octal mode"),
            ("socket_mode", "socket_mode = \"0680\"", "intake.socket_mode", "an octal mode"),
            ("socket_mode", "socket_mode = \"+660\"", "intake.socket_mode", "an octal mode"),
            ("socket_mode", "socket_mode = \"4755\"", "intake.socket_mode", "an octal mode"),
            ("socket_mode", "socket_mode = \"rw\"", "intake.socket_mode", "an octal mode"),
            ("spool_mode", "spool_mode = \"\"", "intake.spool_mode", "an octal mode"),
            ("spool_keep", "spool_keep = \"1 month\"", "intake.spool_keep", "a duration such as"),
            ("max_body", "max_body = \"4MB\"", "intake.max_body", "a size such as"),
            ("max_body", "max_body = 4194304", "intake.max_body", "a size such as"),
            ("max_body", "max_body = \"MiB\"", "intake.max_body", "a size such as"),
            ("max_body", "max_body = \"-4MiB\"", "intake.max_body", "a size such as"),
            ("token_file", "", "intake.token_file", "required with listen"),
            ("staff_token_file", "staff_token_file = 1", "intake.staff_token_file", "expected a string"),
            (
                "staff_token_file", "staff_token_file = \"./pos-token\"", "intake.staff_token_file",
                "expected another file than token_file"
            ),
            (
                "allowed_origins", "allowed_origins = \"https://pos.example.com\"", "intake.allowed_origins",
                "an array of strings"
            ),
            ("allowed_origins", "allowed_origins = [\"*\"]", "intake.allowed_origins", "strangers, found \"*\""),
            (
                "allowed_origins", "allowed_origins = [\"https://a.example\", \"https://b.example/\"]",
                "intake.allowed_origins", "without a path, not even \"/\", found \"https://b.example/\""
            ),
            ("tls_key", "", "intake.tls_certificate", "go together"),
            ("on_corruption", "on_corruption = \"ignore\"", "outbox.on_corruption", "one of \"stop\", \"set-aside\""),
            ("language", "language = \"de\"", "receipt.language", "one of \"th\", \"en\", \"th+en\""),
            ("era", "era = 2569", "receipt.era", "one of \"buddhist\", \"common\", found an integer"),
            ("late_qr =", "late_qr = \"Slip\"", "receipt.late_qr", "one of \"slip\", \"none\""),
            ("paper", "paper = \"a4\"", "printers[0].paper", "\"80mm\" or \"58mm\""),
            ("terminals", "terminals = \"POS-01\"", "printers[0].terminals", "an array of strings"),
            (
                "profile", "profile = \"star\"", "printers[0].profile",
                "one of \"generic\", \"epson-tm\", \"clone-58\", found \"star\""
            ),
            ("confirm", "confirm = \"maybe\"", "printers[0].confirm", "one of \"auto\", \"process-id\", \"status\""),
            ("cut", "cut = true", "printers[0].cut", "one of \"partial\", \"full\", \"none\", found a boolean"),
            ("drawer", "drawer = \"no\"", "printers[0].drawer", "true or false"),
            ("fallback = \"back\"", "fallback = \"attic\"", "printers[0].fallback", "the name of another printer"),
            ("fallback = \"back\"", "fallback = \"front\"", "printers[0].fallback", "the name of another printer"),
            ("name = \"back\"", "name = \"front\"", "printers[1].name", "called \"front\" already"),
            ("dots", "dots = 100", "printers[1].dots", "expected an integer from 256 to 1024, found 100"),
        ])
    func wrongValues(line: String, replacement: String, key: String, detail: String) throws {
        let (text, number) = try SampleConfiguration.full(replacing: line, with: replacement)
        let fault = try #require(SampleConfiguration.faults(of: text).first { $0.key == key })
        #expect(fault.detail.contains(detail), "\(fault)")
        // What is missing is reported where its table, or its other half, stands.
        #expect(fault.line == number || replacement.isEmpty)
        let others = SampleConfiguration.faults(of: text).filter { $0.key != key }
        // Two printers of one name leave the fallback of the first without its other printer.
        #expect(others.isEmpty || (key == "printers[1].name" && others.map(\.key) == ["printers[0].fallback"]))
    }

    @Test("tables of the wrong kind are refused")
    func wrongTables() {
        let text =
            "store = 1\nsales = 1\nprovider = \"slime\"\nslime = []\nintake = \"x\"\nprinters = { name = \"x\" }\nterminals = [1]\n"
        let faults = SampleConfiguration.faults(of: text)
        #expect(
            Set(faults.map(\.key)) == ["store", "sales", "provider", "slime", "intake", "printers", "terminals[0]"])
    }

    @Test("everything that is wrong is reported at once, and the message names file, line, key and cure")
    func everyFault() throws {
        let text = """
            [store]
            name = "ร้าน"
            tax_id = "1"
            [slime]
            endpoint = "http://example.com"
            key_id = "k"
            timeout = 5
            [receipt]
            langauge = "th"
            [[printers]]
            name = "front"
            paper = "80mm"
            """
        let faults = SampleConfiguration.faults(of: text)
        let found = Dictionary(uniqueKeysWithValues: faults.map { ($0.key, $0.line ?? 0) })
        #expect(
            found == [
                "store.tax_id": 3, "store.branch_id": 1, "slime.endpoint": 5, "slime.secret_file": 4,
                "slime.timeout": 7, "receipt.langauge": 9, "printers[0].device": 10,
            ])
        let error = #expect(throws: SettingsError.self) { try SampleConfiguration.parse(text) }
        let description = try #require(error).description
        #expect(description.components(separatedBy: "\n").count == 7)
        #expect(description.contains("/etc/kamkap/kamkap.toml: line 7: slime.timeout: expected a duration such as"))
    }

    @Test("a fault of one printer does not move or multiply those of the others")
    func printersApart() {
        let text =
            SampleConfiguration.minimal.replacing("device = \"tcp://printer\"", with: "") + """

                [[printers]]
                name = "back"
                device = "tcp://back"
                fallback = "front"
                [[printers]]
                name = "back"
                device = "tcp://third"
                """
        #expect(SampleConfiguration.faults(of: text).map(\.key) == ["printers[0].device", "printers[2].name"])
    }

    @Test("a staff token goes with the tills'")
    func staffTokenAlone() {
        let text = SampleConfiguration.minimal + "\n[intake]\nstaff_token_file = \"staff-token\""
        #expect(SampleConfiguration.faults(of: text).map(\.key) == ["intake.staff_token_file"])
        #expect(SampleConfiguration.faults(of: text + "\ntoken_file = \"pos-token\"").isEmpty)
    }

    @Test("two terminals of one id are refused")
    func terminalsTwice() {
        let text = SampleConfiguration.minimal + "\n[[terminals]]\nid = \"A\"\n[[terminals]]\nid = \"A\""
        let expected = SettingsFault(
            key: "terminals[1].id", line: 15, detail: "another terminal is called \"A\" already")
        #expect(SampleConfiguration.faults(of: text) == [expected])
    }

    @Test(
        "broken TOML is refused with line and column",
        arguments: [
            ("[store\nname = 1", 1), ("[store]\nname = \n", 2), ("[store]\nname = \"x\"\nname = \"y\"", 3),
            ("[store]\n\nname: x", 3), ("[store]\n[store]", 2), ("x = \"a\u{1}b\"", 1),
        ])
    func syntax(text: String, line: Int) {
        let faults = SampleConfiguration.faults(of: text)
        #expect(faults.count == 1)
        #expect(faults.first?.key == "")
        #expect(faults.first?.line == line)
        #expect(faults.first?.detail.hasPrefix("column ") == true)
    }

    @Test(
        "plain http is accepted to this machine only",
        arguments: [
            ("http://127.0.0.1:8080/api", true), ("http://localhost/api", true), ("http://[::1]:8080/api", true),
            ("http://127.0.0.1.example.com/api", false), ("http://localhost.example.com/api", false),
            ("http://127.0.0.1@example.com/api", false), ("https://example.com:8443/projects/1/api", true),
        ])
    func endpoints(url: String, isAccepted: Bool) {
        let text = SampleConfiguration.minimal.replacing("https://example.com/api", with: url)
        #expect(SampleConfiguration.faults(of: text).map(\.key) == (isAccepted ? [] : ["slime.endpoint"]))
    }
}
