import Foundation
import Testing

@testable import Settings

/// config/kamkap.toml, which is the documentation of the keys.
@Suite struct ShippedConfigurationTests {
    private static func shipped() throws -> String {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("config/kamkap.toml"), encoding: .utf8)
    }

    /// The file with every key that is commented out taken in.
    private static func unfolded() throws -> String {
        try shipped().components(separatedBy: "\n").map { line in
            line.prefixMatch(of: #/# (?:[a-z_]+ = |\[)/#) == nil ? line : String(line.dropFirst(2))
        }.joined(separator: "\n") + "\n[[printers]]\nname = \"back\"\ndevice = \"tcp://back\"\n"
            + "[[printers]]\nname = \"office\"\ndevice = \"cups://office\"\n"
    }

    @Test("the shipped file is in order as it stands, and what it leaves commented out has its default")
    func asItStands() throws {
        let shipped = try SampleConfiguration.parse(Self.shipped())
        let bare = try SampleConfiguration.parse(SampleConfiguration.minimal)
        #expect(shipped.intake == bare.intake)
        #expect(shipped.outbox == bare.outbox)
        #expect(shipped.receipt == bare.receipt)
        #expect(shipped.slime?.timeout == bare.slime?.timeout)
        #expect(shipped.terminals.isEmpty)
        #expect(shipped.billgate == nil)
        #expect(shipped.documents == nil)
        #expect(shipped.slips == nil)
        #expect(shipped.supplierInvoices == nil)
    }

    @Test("every commented key is in order when it is taken in, and says the default where there is one")
    func unfoldedDefaults() throws {
        let settings = try SampleConfiguration.parse(Self.unfolded())
        let full = try SampleConfiguration.parse(SampleConfiguration.full)
        #expect(settings.store == full.store)
        #expect(settings.terminals == full.terminals)
        #expect(settings.sales == full.sales)
        #expect(settings.provider == full.provider)
        #expect(settings.slime == full.slime)
        #expect(settings.intake == full.intake)
        #expect(settings.outbox == full.outbox)
        #expect(settings.receipt == full.receipt)
        #expect(settings.documents == full.documents)
        #expect(settings.slips == full.slips)
        #expect(settings.supplierInvoices == full.supplierInvoices)
    }

    @Test("every key there is stands in the shipped file")
    func everyKey() throws {
        let key = #/^[a-z_]+(?= = )/#.anchorsMatchLineEndings()
        let documented = Set(try Self.unfolded().matches(of: key).map { String($0.output) })
        let known = Set(SampleConfiguration.full.matches(of: key).map { String($0.output) })
        #expect(known.count == 96)
        #expect(known.subtracting(documented).isEmpty)
    }
}
