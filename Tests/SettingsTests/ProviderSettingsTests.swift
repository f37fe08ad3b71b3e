import Foundation
import Sales
import Testing

@testable import Settings

/// Which service registers sales, and what its choice asks for.
@Suite struct ProviderSettingsTests {
    private static let slimeTable = """

        [slime]
        endpoint = "https://example.com/api"
        key_id = "k"
        secret_file = "secret"
        """

    @Test("with Billgate in use nothing of Slime's is needed, and sums are rounded once")
    func billgate() throws {
        let settings = try SampleConfiguration.parse(SampleConfiguration.billgate)
        #expect(settings.provider.use == .billgate)
        #expect(settings.provider.former == nil)
        #expect(settings.slime == nil)
        #expect(settings.billgate?.keyFile == "/etc/kamkap/key")
        #expect(settings.saleTerms.rounding == .total)
    }

    @Test("sales say their own rounding with either provider", arguments: ["line", "total"])
    func rounding(rule: String) throws {
        for text in [SampleConfiguration.minimal, SampleConfiguration.billgate] {
            let settings = try SampleConfiguration.parse(text + "\n[sales]\nrounding = \"\(rule)\"")
            #expect(settings.saleTerms.rounding.rawValue == rule)
        }
    }

    @Test("the other provider's table may stand beside it, for what is owed there")
    func former() throws {
        let left = try SampleConfiguration.parse(SampleConfiguration.billgate + Self.slimeTable)
        #expect(left.provider.use == .billgate)
        #expect(left.provider.former?.service == .slime)
        #expect(left.slime?.keyID == "k")
        #expect(left.provider.all.map(\.service) == [.billgate, .slime])
        let back = try SampleConfiguration.parse(SampleConfiguration.full)
        #expect(back.provider.use == .slime)
        #expect(back.provider.former?.service == .billgate)
        #expect(back.provider.all.map(\.service) == [.slime, .billgate])
    }

    @Test("a fault in the other provider's table stops the start too")
    func formerAtFault() {
        let faults = SampleConfiguration.faults(of: SampleConfiguration.billgate + "\n[slime]\nkey_id = \"k\"")
        #expect(faults.map(\.key) == ["slime.endpoint", "slime.secret_file"])
        #expect(faults.map(\.line) == [18, 18])
    }

    @Test("the table of the provider in use is required; the fault names the line that asks for it")
    func missingTable() {
        let faults = SampleConfiguration.faults(
            of: SampleConfiguration.minimal + "\n[provider]\nuse = \"billgate\"")
        #expect(faults.map(\.key) == ["billgate"])
        #expect(faults.map(\.line) == [13])
        #expect(faults.first?.detail.contains("the table [billgate] is required") == true)
    }

    @Test("who configures Billgate but does not choose it is told how")
    func notChosen() {
        for line in ["", "[provider]\n"] {
            let text = SampleConfiguration.billgate.replacing("[provider]\nuse = \"billgate\"\n", with: line)
            let faults = SampleConfiguration.faults(of: text)
            #expect(faults.map(\.key) == ["slime"])
            #expect(faults.first?.detail.contains("the default") == true)
            #expect(faults.first?.detail.contains("[provider] use = \"billgate\"") == true)
        }
    }

    @Test("a provider that there is not asks for nobody's table")
    func unknown() {
        let text = SampleConfiguration.billgate.replacing("use = \"billgate\"", with: "use = \"bilgate\"")
        #expect(SampleConfiguration.faults(of: text).map(\.key) == ["provider.use"])
    }

    @Test("with Billgate alone there is no stream of documents to follow, and nothing that fills an archive")
    func documents() throws {
        let bare = SampleConfiguration.faults(of: SampleConfiguration.billgate + "\n[documents]")
        #expect(bare.map(\.key) == ["documents.follow"])
        #expect(bare.map(\.line) == [18])
        #expect(bare.first?.detail.contains("Billgate has no stream") == true)
        let kept = SampleConfiguration.faults(
            of: SampleConfiguration.billgate + "\n[documents]\nfollow = false\narchive = \"papers\"")
        #expect(kept.map(\.key) == ["documents.archive"])
        #expect(kept.map(\.line) == [20])
        let printer = "\n[[printers]]\nname = \"office\"\ndevice = \"cups://office\""
        let printed = try SampleConfiguration.parse(
            SampleConfiguration.billgate + printer + "\n[documents]\nfollow = false\nprinter = \"office\"")
        #expect(printed.documents?.printer == "office")
        let drained = try SampleConfiguration.parse(
            SampleConfiguration.billgate + Self.slimeTable + "\n[documents]\narchive = \"papers\"")
        #expect(drained.documents?.follow == true)
    }
}
