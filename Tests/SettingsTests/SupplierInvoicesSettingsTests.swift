import Foundation
import Testing

@testable import Settings

@Suite struct SupplierInvoicesSettingsTests {
    private static let head =
        SampleConfiguration.minimal + """

            [supplier_invoices]
            endpoint = "https://sv.api.repzo.me"
            key_file = "ocr-key"
            template = "60f7"
            """
    private static let store = """
        [supplier_invoices.object_store]
        endpoint = "https://s3.example.com"
        region = "auto"
        bucket = "papers"
        key_id = "k"
        secret_file = "store-secret"
        """
    private static let door = """
        [supplier_invoices.door]
        listen = "0.0.0.0:9443"
        public_base = "https://invoices.example.com/"
        tls_certificate = "cert.pem"
        tls_key = "key.pem"
        """

    /// - Parameters:
    ///   - line: one more in the table itself.
    ///   - publish: with the line that says how documents are published.
    private static func text(
        _ line: String = "", publish: String = "publish = \"object-store\"", _ tables: String = store
    ) -> String {
        [head, publish, line, tables].joined(separator: "\n")
    }

    @Test("no folder is watched unless the table stands, and then the rest has its published default")
    func defaults() throws {
        #expect(try SampleConfiguration.parse(SampleConfiguration.minimal).supplierInvoices == nil)
        let invoices = try #require(try SampleConfiguration.parse(Self.text()).supplierInvoices)
        let store = ObjectStoreSettings(
            endpoint: "https://s3.example.com", region: "auto", bucket: "papers", keyID: "k",
            secretFile: "/etc/kamkap/store-secret")
        #expect(
            invoices
                == SupplierInvoicesSettings(
                    endpoint: "https://sv.api.repzo.me", keyFile: "/etc/kamkap/ocr-key", template: "60f7",
                    publishing: .objectStore(store)))
        #expect(invoices.names.keyHeader == "api-key" && invoices.names.resource == "/ocr-invoice-job")
        #expect(invoices.names.processPath == "process" && invoices.names.resultsPath == "results")
        #expect(invoices.folder == "/var/spool/kamkap/invoices")
        #expect(invoices.priority == .medium && invoices.group == nil && invoices.deletesRemote)
        #expect(invoices.maximumSize == 32 * 1_024 * 1_024)
        #expect(invoices.giveUpAfter == .seconds(86_400))
        #expect(store.addressing == .path && store.linkLife == .seconds(86_400))
    }

    @Test("every key is taken") func everyKey() throws {
        let text = Self.text(
            """
            key_header = "X-API-Key"
            resource = "/v2/jobs"
            process_path = "run/now"
            results_path = "reading"
            folder = "invoices"
            priority = "urgent"
            group = "back-office"
            max_size = "64MiB"
            delete_remote = false
            give_up_after = "7d"
            ca_file = "ca.pem"
            proxy = "http://proxy.lan:3128"
            proxy_login_file = "login"
            """,
            Self.store + "\naddressing = \"host\"\nlink_life = \"15m\"\nca_file = \"s.pem\"\nproxy = \"http://p:1\"")
        let invoices = try #require(try SampleConfiguration.parse(text).supplierInvoices)
        #expect(invoices.names.keyHeader == "X-API-Key" && invoices.names.resource == "/v2/jobs")
        #expect(invoices.names.processPath == "run/now" && invoices.names.resultsPath == "reading")
        #expect(invoices.folder == "/etc/kamkap/invoices")
        #expect(invoices.priority == .urgent && invoices.group == "back-office" && !invoices.deletesRemote)
        #expect(invoices.maximumSize == 64 * 1_024 * 1_024 && invoices.giveUpAfter == .seconds(7 * 86_400))
        #expect(invoices.certificates == "/etc/kamkap/ca.pem")
        #expect(invoices.proxy?.loginFile == "/etc/kamkap/login")
        guard case .objectStore(let store) = invoices.publishing else {
            Issue.record("published elsewhere")
            return
        }
        #expect(store.addressing == .host && store.linkLife == .seconds(900))
        #expect(store.certificates == "/etc/kamkap/s.pem" && store.proxy?.address == ListenAddress("p:1"))
    }

    @Test("the door has its certificate, and its base no slash at the end") func door() throws {
        let text = Self.text(publish: "publish = \"door\"", Self.door)
        let invoices = try #require(try SampleConfiguration.parse(text).supplierInvoices)
        let address = try #require(ListenAddress("0.0.0.0:9443"))
        #expect(
            invoices.publishing
                == .door(
                    DoorSettings(
                        listen: address, publicBase: "https://invoices.example.com",
                        tls: .init(certificate: "/etc/kamkap/cert.pem", key: "/etc/kamkap/key.pem"))))
    }

    @Test("only behind a tunnel that ends on this machine the door goes without a certificate") func tunnel() throws {
        func text(_ listen: String) -> String {
            Self.text(
                publish: "publish = \"door\"",
                "[supplier_invoices.door]\nlisten = \"\(listen)\"\npublic_base = \"https://t.example.com\"")
        }
        let invoices = try #require(try SampleConfiguration.parse(text("127.0.0.1:9443")).supplierInvoices)
        guard case .door(let door) = invoices.publishing else {
            Issue.record("published elsewhere")
            return
        }
        #expect(door.tls == nil)
        let faults = SampleConfiguration.faults(of: text("0.0.0.0:9443"))
        #expect(faults.map(\.key) == ["supplier_invoices.door.tls_certificate"])
    }

    @Test(
        "a wrong value is refused, with its key and what is accepted",
        arguments: [
            ("key_header", "\"api key\"", "the name of a header"), ("key_header", "\"\"", "the name of a header"),
            ("resource", "\"ocr\"", "\"/ocr-invoice-job\""), ("resource", "\"/a?b\"", "\"/ocr-invoice-job\""),
            ("resource", "\"/a/../b\"", "\"/ocr-invoice-job\""), ("process_path", "\"/process\"", "\"process\""),
            ("results_path", "\"process\"", "another path"), ("priority", "\"now\"", "\"urgent\""),
            ("group", "\"\"", "an empty string"), ("max_size", "\"65MiB\"", "\"64MiB\""),
            ("max_size", "\"100B\"", "\"1KiB\""), ("delete_remote", "1", "true or false"),
            ("give_up_after", "\"9m\"", "\"10m\""), ("give_up_after", "\"8d\"", "\"7d\""),
            ("keep", "\"7d\"", "unknown key"), ("proxy_login_file", "\"login\"", "supplier_invoices.proxy"),
        ])
    func wrongValues(key: String, value: String, detail: String) {
        let faults = SampleConfiguration.faults(of: Self.text("\(key) = \(value)"))
        #expect(faults.map(\.key) == ["supplier_invoices.\(key)"])
        #expect(faults.first?.detail.contains(detail) == true, "\(faults)")
    }

    @Test(
        "a wrong value in a publish table is refused, also in the one that is not used",
        arguments: [
            ("object_store.addressing", "\"virtual\"", "\"host\""), ("object_store.link_life", "\"14m\"", "\"15m\""),
            ("object_store.link_life", "\"25h\"", "\"24h\""), ("object_store.keys", "1", "unknown key"),
            ("door.link_life", "\"2d\"", "\"24h\""), ("door.bind", "\"x\"", "unknown key"),
        ])
    func wrongPublishing(key: String, value: String, detail: String) {
        let name = key.split(separator: ".")[1]
        let line = "\n\(name) = \(value)\n"
        let tables =
            key.hasPrefix("door") ? Self.store + "\n" + Self.door + line : Self.door + "\n" + Self.store + line
        let faults = SampleConfiguration.faults(of: Self.text("", tables))
        #expect(faults.map(\.key) == ["supplier_invoices.\(key)"])
        #expect(faults.first?.detail.contains(detail) == true, "\(faults)")
    }

    @Test(
        "a base that is no address of its own is refused",
        arguments: ["http://10.0.0.1", "https://u:p@x.example", "https://x.example/?a", "https://x.example/#a", "x"])
    func wrongBase(_ base: String) {
        let door = Self.door.replacing("https://invoices.example.com/", with: base)
        let faults = SampleConfiguration.faults(of: Self.text(publish: "publish = \"door\"", door))
        #expect(faults.map(\.key) == ["supplier_invoices.door.public_base"])
    }

    @Test("what is required is said, and the table of the other means is not") func required() {
        let bare = SampleConfiguration.minimal + "\n[supplier_invoices]"
        #expect(
            SampleConfiguration.faults(of: bare).map(\.key)
                == ["endpoint", "key_file", "template", "publish"].map { "supplier_invoices.\($0)" })
        #expect(
            SampleConfiguration.faults(of: Self.text(publish: "publish = \"object-store\"", Self.door)).map(\.key)
                == ["supplier_invoices.object_store"])
        #expect(
            SampleConfiguration.faults(of: Self.text(publish: "publish = \"door\"", Self.store)).map(\.key)
                == ["supplier_invoices.door"])
        #expect(
            SampleConfiguration.faults(of: Self.text(publish: "publish = \"door\"", "[supplier_invoices.door]"))
                .map(\.key)
                == ["supplier_invoices.door.listen", "supplier_invoices.door.public_base"])
        #expect(
            SampleConfiguration.faults(of: Self.text(publish: "publish = \"ftp\"")).map(\.key)
                == ["supplier_invoices.publish"])
    }

    @Test(
        "a folder that is one of the spool's is refused",
        arguments: [("/s", false), ("/s/slips", false), ("/s/incoming/x", false), ("/s/invoices", true), ("/i", true)])
    func folders(folder: String, isWell: Bool) {
        let text = Self.text("folder = \"\(folder)\"") + "\n[intake]\nspool = \"/s\""
        #expect(SampleConfiguration.faults(of: text).map(\.key) == (isWell ? [] : ["supplier_invoices.folder"]))
    }
}
