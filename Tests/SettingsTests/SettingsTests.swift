import Foundation
import JSON
import Sales
import Testing

@testable import Settings

@Suite struct SettingsTests {
    @Test("a file with every key is read, every value in its place")
    func everyKey() throws {
        let settings = try SampleConfiguration.parse(SampleConfiguration.full)
        #expect(settings.store.name == "ร้านตัวอย่าง")
        #expect(settings.store.taxID.text == "0105561000003")
        #expect(settings.store.branchID.isHeadOffice)
        #expect(settings.store.address == ["99 ถนนสุขุมวิท", "กรุงเทพมหานคร 10110"])
        #expect(settings.store.phone == "02-000-0000")
        #expect(settings.store.logo == "/etc/kamkap/logo.png")
        #expect(settings.terminals == [TerminalSettings(id: "POS-01", registerID: "E012300001234")])
        #expect(settings.provider.use == .slime)
        #expect(settings.slime?.endpoint == "https://app.thai-document.slime.systems/projects/123456/api")
        #expect(settings.slime?.keyID == "k1234")
        #expect(settings.slime?.secretFile == "/etc/kamkap/slime-secret")
        #expect(settings.slime?.certificates == "/etc/kamkap/extra-ca.pem")
        #expect(settings.slime?.proxy?.address == ListenAddress("proxy.lan:3128"))
        #expect(settings.slime?.proxy?.loginFile == "/etc/kamkap/proxy-login")
        #expect(settings.intake.socketGroup == "kamkap")
        #expect(settings.intake.spool == "/var/spool/kamkap")
        #expect(settings.intake.listen == ListenAddress("0.0.0.0:9180"))
        #expect(settings.intake.tokenFile == "/etc/kamkap/pos-token")
        #expect(settings.intake.staffTokenFile == "/etc/kamkap/staff-token")
        #expect(settings.intake.tlsCertificate == "/etc/kamkap/cert.pem")
        #expect(settings.intake.tlsKey == "/etc/kamkap/key.pem")
        #expect(settings.printers.map(\.name) == ["front", "back", "office"])
        #expect(settings.printers.map(\.device) == ["tcp://192.168.1.50:9100", "file:///tmp/back", "cups://office"])
        #expect(settings.printers.map(\.width) == [576, 512, 576])
        #expect(settings.printers.first?.terminals == ["POS-01"])
        #expect(settings.printers.first?.fallback == "back")
    }

    @Test("what is left out has the published default")
    func defaults() throws {
        let settings = try SampleConfiguration.parse(SampleConfiguration.minimal)
        #expect(settings.store.address.isEmpty)
        #expect(settings.store.phone == nil)
        #expect(settings.store.logo == nil)
        #expect(settings.terminals.isEmpty)
        #expect(settings.slime?.theme == ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")])
        #expect(settings.sales.vatIncluded)
        #expect(settings.sales.vatRate.text == "0.07")
        #expect(settings.sales.vatRate.millionths == 70_000)
        #expect(settings.sales.rounding == nil)
        #expect(settings.saleTerms.rounding == .line)
        #expect(settings.provider.use == .slime)
        #expect(settings.provider.former == nil)
        #expect(settings.billgate == nil)
        #expect(settings.slime?.timeout == .seconds(5))
        #expect(settings.slime?.concurrency == 8)
        #expect(settings.slime?.certificates == nil)
        #expect(settings.slime?.proxy == nil)
        #expect(settings.intake.socket == "/run/kamkap/pos.sock")
        #expect(settings.intake.socketMode == 0o660)
        #expect(settings.intake.socketGroup == nil)
        #expect(settings.intake.spool == nil)
        #expect(settings.intake.spoolMode == 0o770)
        #expect(settings.intake.spoolKeep == .seconds(30 * 86_400))
        #expect(settings.intake.maximumBody == 4 * 1_024 * 1_024)
        #expect(settings.intake.listen == nil)
        #expect(settings.intake.tokenFile == nil)
        #expect(settings.intake.staffTokenFile == nil)
        #expect(settings.intake.tlsCertificate == nil)
        #expect(settings.intake.tlsKey == nil)
        #expect(settings.outbox.database == "/var/lib/kamkap/outbox.sqlite")
        #expect(settings.outbox.minimumFreeSpace == 64 * 1_024 * 1_024)
        #expect(settings.outbox.retention == (try #require(DurationText.parse("5y"))))
        #expect(settings.outbox.onCorruption == .stop)
        #expect(settings.receipt.qrDeadline == .seconds(3))
        #expect(settings.receipt.lateQR == .slip)
        #expect(settings.receipt.lateQRMaximumAge == .seconds(120))
        #expect(settings.receipt.printMaximumAge == .seconds(1_800))
        #expect(settings.receipt.fallbackAfter == .seconds(15))
        #expect(settings.receipt.language == .thai)
        #expect(settings.receipt.era == .buddhist)
        #expect(settings.receipt.font == "Loma")
        #expect(settings.receipt.header.isEmpty)
        #expect(settings.receipt.footer == ["ขอบคุณที่ใช้บริการ"])
        let printer = try #require(settings.printers.first)
        #expect(printer.width == 576)
        #expect(printer.terminals.isEmpty)
        #expect(printer.fallback == nil)
        #expect(printer.profile == .generic)
        #expect(printer.confirm == .auto)
        #expect(printer.cut == .partial)
        #expect(!printer.drawer)
    }

    @Test("a file that spells every default out is the same as one that leaves them out")
    func defaultsSpelledOut() throws {
        var written = try SampleConfiguration.parse(SampleConfiguration.full)
        let left = try SampleConfiguration.parse(SampleConfiguration.minimal)
        written.intake.socketGroup = nil
        written.intake.spool = nil
        written.intake.listen = nil
        written.intake.tokenFile = nil
        written.intake.staffTokenFile = nil
        written.intake.tlsCertificate = nil
        written.intake.tlsKey = nil
        #expect(written.intake == left.intake)
        #expect(written.outbox == left.outbox)
        #expect(written.receipt == left.receipt)
        #expect(written.slime?.theme == left.slime?.theme)
        #expect(written.provider.use == left.provider.use)
        #expect(written.saleTerms == left.saleTerms)
    }

    @Test("values other than the defaults are taken")
    func otherValues() throws {
        let text =
            SampleConfiguration.minimal + """

                paper = "58mm"
                profile = "clone-58"
                confirm = "process-id"
                cut = "none"
                drawer = true
                [receipt]
                qr_deadline = "300ms"
                late_qr = "none"
                language = "th+en"
                era = "common"
                footer = []
                fallback_fonts = ["Noto Sans Khmer", "Symbola"]
                [outbox]
                on_corruption = "set-aside"
                min_free_space = "0B"
                retention = "10y"
                [intake]
                socket_mode = "600"
                max_body = "64KiB"
                [[terminals]]
                id = "T1"
                [slime.theme]
                id = "own"
                depth = { level = 2, flags = [true, false] }
                """
        let settings = try SampleConfiguration.parse(text)
        #expect(settings.printers.first?.width == 384)
        #expect(settings.printers.first?.profile == .clone58)
        #expect(settings.printers.first?.confirm == .processID)
        #expect(settings.printers.first?.cut == PrinterSettings.Cut.none)
        #expect(settings.printers.first?.drawer == true)
        #expect(settings.receipt.qrDeadline == .milliseconds(300))
        #expect(settings.receipt.lateQR == ReceiptSettings.LateQR.none)
        #expect(settings.receipt.language == .both)
        #expect(settings.receipt.era == .common)
        #expect(settings.receipt.footer.isEmpty)
        #expect(settings.receipt.fallbackFonts == ["Noto Sans Khmer", "Symbola"])
        #expect(settings.outbox.onCorruption == .setAside)
        #expect(settings.outbox.minimumFreeSpace == 0)
        #expect(settings.intake.socketMode == 0o600)
        #expect(settings.intake.maximumBody == 65_536)
        #expect(settings.terminals == [TerminalSettings(id: "T1")])
        let theme = #"{"depth":{"flags":[true,false],"level":2},"id":"own"}"#
        let ours = try #require(settings.slime?.theme)
        #expect(
            String(decoding: JSONValue.object(ours).canonicalBytes, as: UTF8.self)
                == theme.replacing("2", with: "2e0"))
    }

    @Test(
        "choices are those of the documentation",
        arguments: [
            ("language", "receipt", ["th", "en", "th+en"]), ("era", "receipt", ["buddhist", "common"]),
            ("late_qr", "receipt", ["slip", "none"]), ("on_corruption", "outbox", ["stop", "set-aside"]),
        ])
    func choices(key: String, table: String, values: [String]) {
        for value in values {
            let text = SampleConfiguration.minimal + "\n[\(table)]\n\(key) = \"\(value)\""
            #expect(SampleConfiguration.faults(of: text).isEmpty)
        }
    }

    @Test("documents are left alone unless their table stands, and then followed")
    func documents() throws {
        #expect(try SampleConfiguration.parse(SampleConfiguration.minimal).documents == nil)
        let bare = try SampleConfiguration.parse(SampleConfiguration.minimal + "\n[documents]").documents
        #expect(bare == DocumentsSettings())
        #expect(bare?.follow == true && bare?.poll == .seconds(60) && bare?.archive == nil && bare?.printer == nil)
        let own = try SampleConfiguration.parse(
            SampleConfiguration.minimal + "\n[documents]\nfollow = false\npoll = \"10s\"\narchive = \"papers\""
        ).documents
        #expect(own?.follow == false && own?.poll == .seconds(10) && own?.archive == "/etc/kamkap/papers")
    }

    @Test(
        "documents are asked for neither all the time nor hardly ever, and an invoice's printer has a driver",
        arguments: [
            (#"poll = "9s""#, "documents.poll"), (#"poll = "61m""#, "documents.poll"),
            (#"poll = "1""#, "documents.poll"),
            (#"printer = "front""#, "documents.printer"), (#"printer = "nobody""#, "documents.printer"),
            (#"keep = true"#, "documents.keep"),
        ])
    func documentFaults(line: String, key: String) throws {
        let faults = SampleConfiguration.faults(of: SampleConfiguration.minimal + "\n[documents]\n" + line)
        #expect(faults.map(\.key) == [key])
        #expect(faults.first?.line == SampleConfiguration.minimal.components(separatedBy: "\n").count + 2)
    }

    @Test("printer choices are those of the documentation")
    func printerChoices() {
        for (key, values) in [
            ("confirm", ["auto", "process-id", "status", "none"]), ("cut", ["partial", "full", "none"]),
            ("paper", ["80mm", "58mm"]), ("profile", ["generic", "epson-tm", "clone-58"]),
        ] {
            for value in values {
                #expect(SampleConfiguration.faults(of: SampleConfiguration.minimal + "\n\(key) = \"\(value)\"").isEmpty)
            }
        }
    }
}
