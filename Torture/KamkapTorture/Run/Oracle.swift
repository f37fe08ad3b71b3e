import Foundation
import NIOHTTP1
import Simulators

/// Compares what was acknowledged with what the provider has and what the printers printed.
struct Oracle: Sendable {
    /// How many sales without a QR on paper have their receipt fetched over HTTP and read.
    private static let picturesAskedFor = 12

    let stage: Stage
    let api: GatewayAPI
    let tray: PaperTray
    /// Every sale for which a till has an acknowledgement.
    let acknowledged: [NumberedSale]

    /// The findings, once nothing is owed any more.
    func judge(_ kept: [String: KeptSale]) async throws -> Verdict {
        var verdict = Verdict(sales: acknowledged.count)
        try await judgeRegistrations(kept, &verdict)
        try await judgePapers(kept, &verdict)
        await judgeHeads(&verdict)
        try await judgeDocuments(kept, &verdict)
        try judgeLog(&verdict)
        return verdict
    }

    private func judgeRegistrations(_ kept: [String: KeptSale], _ verdict: inout Verdict) async throws {
        let title = stage.provider.title
        let registered = await stage.provider.registered()
        let known = Dictionary(registered.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        verdict.registered = known.count
        verdict.find(registered.count == known.count, "\(title) has an id twice")
        let ids = Set(acknowledged.map(\.id))
        for id in known.keys where !ids.contains(id) { verdict.find("\(id): at \(title), but no till has posted it") }
        for id in kept.keys where !ids.contains(id) { verdict.find("\(id): kept, but no till has posted it") }
        for violation in await stage.provider.violations() { verdict.find(violation) }
        for sale in acknowledged {
            guard let own = kept[sale.id] else {
                verdict.find("\(sale.id): acknowledged, and lost")
                continue
            }
            guard let there = known[sale.id] else {
                verdict.find("\(sale.id): acknowledged, and not at \(title); here it is \(own.registration.state)")
                continue
            }
            verdict.repeats += there.repeats
            verdict.find(there.made == 1, "\(sale.id): made \(there.made) times at \(title)")
            verdict.find(there.holds(sale), "\(sale.id): \(title) has other content, or was sent it by another call")
            if sale.hasBuyer { verdict.buyers += 1 }
            verdict.find(
                own.registration.state == "ready" && own.registration.serviceURL == there.link,
                "\(sale.id): \(own.registration.state), or not with the link that \(title) gave")
        }
    }

    private func judgePapers(_ kept: [String: KeptSale], _ verdict: inout Verdict) async throws {
        let receipts = await tray.receipts
        verdict.pieces = await tray.pieces
        let codes = try await QRReader.read(receipts.map(\.picture))
        var papers: [Int: SalePapers] = [:]
        for receipt in receipts where receipt.hasHead {
            guard let digits = receipt.digits else {
                verdict.brokenOff += 1
                continue
            }
            guard let number = NumberedSale(digits: digits, till: 0)?.number else {
                verdict.find("\(receipt.picture.path): no number of a sale can be read from it")
                continue
            }
            papers[number, default: SalePapers()].add(receipt, codes: codes[receipt.picture.path] ?? [])
        }
        for receipt in receipts where !receipt.hasHead {
            for code in codes[receipt.picture.path] ?? [] { verdict.slips[code, default: 0] += 1 }
        }
        var withoutQR: [NumberedSale] = []
        for sale in acknowledged where sale.prints {
            guard let own = kept[sale.id], let url = own.registration.serviceURL else { continue }
            let found = papers.removeValue(forKey: sale.number) ?? SalePapers()
            judge(found, of: sale, own, url, &verdict)
            if !found.codes.contains(url), verdict.slips[url] == nil { withoutQR.append(sale) }
        }
        for number in papers.keys { verdict.find("sale \(number): on paper, but not to be printed") }
        verdict.withoutQR = withoutQR.count
        for sale in withoutQR.prefix(Self.picturesAskedFor) { try await askForPicture(of: sale, kept, &verdict) }
    }

    private func judge(
        _ papers: SalePapers, of sale: NumberedSale, _ own: KeptSale, _ url: String, _ verdict: inout Verdict
    ) {
        verdict.unmarked += papers.unmarked
        verdict.marked += papers.marked
        verdict.find(
            papers.unmarked <= 1,
            "\(sale.id): \(papers.unmarked) unmarked originals, \(papers.pictures.joined(separator: " "))")
        verdict.find(papers.codes.allSatisfy { $0 == url }, "\(sale.id): a QR with another sale's link")
        let originals = own.prints.filter { $0.kind == "receipt" }
        // "Printed" is a promise; without a paper, the gateway must say that nobody knows.
        let printed = originals.count { $0.state == "printed" }
        verdict.find(papers.whole >= printed, "\(sale.id): \(printed) said to be printed, \(papers.whole) whole papers")
        if printed == 0 {
            verdict.told += 1
            verdict.find(
                originals.count > 1 && originals.allSatisfy { $0.state == "uncertain" },
                "\(sale.id): not printed, \(originals.map { "\($0.mark) \($0.state)" }.joined(separator: ", "))")
        }
        verdict.find(
            papers.unmarked + papers.marked <= originals.count,
            "\(sale.id): \(papers.unmarked + papers.marked) papers, \(originals.count) prints")
    }

    /// A paper that begins inside another's picture has lost its head: the printer read its first bytes as dots, and
    /// the rest stands on the other's piece.
    private func judgeHeads(_ verdict: inout Verdict) async {
        for (number, printer) in stage.printers.enumerated() {
            let swallowed = await printer.swallowedBytes
            verdict.find(swallowed == 0, "p\(number): \(swallowed) bytes went into a picture that had broken off")
        }
        let whole = await tray.receipts.filter { $0.hasHead && $0.isWhole }
        let usual = Dictionary(grouping: whole, by: \.rules).max { $0.value.count < $1.value.count }?.key ?? 0
        for receipt in whole where receipt.rules > usual {
            verdict.find("\(receipt.picture.path): what follows it on its piece has no head")
        }
    }

    /// What is not on paper can still be fetched.
    private func askForPicture(
        of sale: NumberedSale, _ kept: [String: KeptSale], _ verdict: inout Verdict
    ) async throws {
        let answer = try await api.request(.GET, "/v1/sales/\(sale.id)/receipt.png")
        let file = stage.papers.appendingPathComponent("asked-\(sale.id).png")
        try answer.body.write(to: file)
        let codes = try await QRReader.read([file])[file.path] ?? []
        verdict.find(
            answer.status == 200 && codes == [kept[sale.id]?.registration.serviceURL].compactMap(\.self),
            "\(sale.id): receipt.png has no QR with its link")
    }

    private func judgeLog(_ verdict: inout Verdict) throws {
        let log = try String(contentsOf: stage.log, encoding: .utf8)
        for hidden in stage.provider.hidden + ["Buyer 3", "1111111111119"] {
            verdict.find(!log.contains(hidden), "the log holds what is never logged: \(hidden.prefix(8))…")
        }
        verdict.find(!log.contains("Fatal error"), "the gateway crashed: see the log")
    }
}

/// The papers of one sale.
struct SalePapers: Sendable {
    var unmarked = 0
    var marked = 0
    var whole = 0
    var codes: [String] = []
    var pictures: [String] = []

    mutating func add(_ receipt: PaperTray.Receipt, codes found: [String]) {
        if receipt.isMarked { marked += 1 } else { unmarked += 1 }
        if receipt.isWhole { whole += 1 }
        codes += found
        pictures.append(receipt.picture.path)
    }
}
