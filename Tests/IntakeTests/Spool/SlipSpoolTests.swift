import Foundation
import GatewayAPI
import JSON
import Monitoring
import Outbox
import Sales
import Testing

@testable import Host
@testable import Intake

@Suite(.timeLimit(.minutes(2))) struct SlipSpoolTests {
    private static let incoming = "slips/incoming"

    private func slips(of text: String, _ stage: SpoolStage) async throws -> [SlipID] {
        try await stage.outbox.slips(of: try #require(TransactionID(text))).map(\.id)
    }

    private func problem(_ name: String, _ stage: SpoolStage) throws -> Problem {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: stage.path("slips/rejected/\(name)")))
        return try Problem(json: try JSONParser.parse(Array(bytes)))
    }

    @Test(
        "a file's name names its sale",
        arguments: [
            ("A.jpg", "A"), ("A%2F1.jpg", "A/1"), ("A%2f1.JPEG", "A/1"), ("A%2F1.2.png", "A/1"),
            ("a-_Z9.0001.webp", "a-_Z9"),
            ("A.x.jpg", nil), ("A.1.2.jpg", nil), ("A..jpg", nil), (".jpg", nil), ("A B.jpg", nil), ("ก.jpg", nil),
            ("A%2.jpg", nil), ("A%00.jpg", nil), ("A.12345.jpg", nil), ("A.๑.jpg", nil),
            (String(repeating: "a", count: 31) + ".jpg", nil),
        ] as [(String, String?)])
    func names(name: String, sale: String?) throws {
        #expect(SpooledSlips.sale(of: try #require(FileName(name)))?.text == sale)
    }

    @Test("a slip is taken for its sale, a second one with a number, and the same picture once")
    func taken() async throws {
        try await SpoolStage.open(picture: 1 << 20) { stage in
            try stage.rename(SpoolStage.sale("A/1"), to: "sale.json")
            try await stage.untilKept("A/1")
            try stage.rename(SampleSlip.png("one"), to: "A%2F1.png", in: Self.incoming)
            try stage.rename(SampleSlip.jpeg, to: "A%2F1.2.JPG", in: Self.incoming)
            try stage.rename(SampleSlip.png("one"), to: "A%2F1.3.png", in: Self.incoming)
            try await stage.until("all are taken") { try stage.names("slips/accepted").count == 3 }
            #expect(try await slips(of: "A/1", stage).count == 2)
            #expect(try stage.names(Self.incoming) == [])
            #expect(try stage.names("slips/rejected") == [])
            #expect(stage.refusals.all == [])
        }
    }

    @Test("a slip that comes before its sale waits for it, and delays no other") func early() async throws {
        try await SpoolStage.open(picture: 1 << 20) { stage in
            try stage.rename(SpoolStage.sale("NOW"), to: "now.json")
            try await stage.untilKept("NOW")
            try stage.rename(SampleSlip.png("later"), to: "LATER.png", in: Self.incoming)
            try stage.rename(SampleSlip.png("now"), to: "NOW.png", in: Self.incoming)
            try await stage.until("the other is taken") { try stage.names("slips/accepted") == ["NOW.png"] }
            #expect(try stage.names(Self.incoming) == ["LATER.png"])
            #expect(stage.slips?.figures.waiting == 1)
            #expect(stage.slips?.figures.stuck == 0)
            try stage.rename(SpoolStage.sale("LATER"), to: "later.json")
            try await stage.until("it is taken") { try stage.names("slips/accepted") == ["LATER.png", "NOW.png"] }
            #expect(try await slips(of: "LATER", stage).count == 1)
        }
    }

    /// Each is for a sale of its own, so that one stage can refuse them all.
    private static let noSlips: [(name: String, bytes: [UInt8], status: Int, words: String)] = [
        ("PAGE.jpg", Array("<!doctype html>".utf8), 422, "a web page"),
        ("OTHER.jpg", SampleSlip.png("x"), 415, "image/png"),
        ("BOMB.png", SampleSlip.bomb, 422, "60000"),
        ("HALF.png", Array(SampleSlip.png("x").dropLast(3)), 422, "ends in the middle"),
        ("HALF-2.jpg", Array(SampleSlip.jpeg.dropLast(3)), 422, "ends in the middle"),
        ("EMPTY.webp", [], 422, "found nothing"),
        ("X Y.png", SampleSlip.png("x"), 422, "transaction_id"),
        ("LARGE.png", SampleSlip.png("x", padding: 2_000), 413, "slips.max_image"),
    ]

    @Test("what is no slip is refused with its reason, whatever its sale has") func refused() async throws {
        try await SpoolStage.open(picture: 1_024) { stage in
            let stems = Self.noSlips.map { String($0.name.prefix { $0 != "." }) }
            let sales = stems.filter { TransactionID($0) != nil }
            for sale in sales { try stage.rename(SpoolStage.sale(sale), to: "\(sale).json") }
            for sale in sales { try await stage.untilKept(sale) }
            for file in Self.noSlips { try stage.rename(file.bytes, to: file.name, in: Self.incoming) }
            try await stage.until("all are refused", within: .seconds(100)) { try stage.names(Self.incoming) == [] }
            #expect(try stage.names("slips/accepted") == [])
            let expected = Self.noSlips.map(\.name) + stems.map { "\($0).problem.json" }
            #expect(try stage.names("slips/rejected") == expected.sorted())
            var titles: [String] = []
            for (stem, file) in zip(stems, Self.noSlips) {
                let found = try problem("\(stem).problem.json", stage)
                #expect(found.status == file.status, "\(file.name): \(found)")
                #expect(found.detail.contains(file.words), "\(file.name): \(found)")
                titles.append(found.title)
            }
            for sale in sales { #expect(try await slips(of: sale, stage).isEmpty, "\(sale)") }
            #expect(stage.refusals.all.sorted() == titles.sorted())
        }
    }

    @Test("a JPEG of 50 MB, and a name of as many Thai letters as a file's may have, are refused, and delay no other")
    func odd() async throws {
        try await SpoolStage.open(picture: 8 << 20) { stage in
            try stage.rename(SpoolStage.sale("X"), to: "sale.json")
            try await stage.untilKept("X")
            try stage.rename(SampleSlip.jpeg + [UInt8](repeating: 0, count: 50 << 20), to: "X.jpg", in: Self.incoming)
            let thai = String(repeating: "ก", count: 80) + ".png"
            try stage.rename(SampleSlip.png("thai"), to: thai, in: Self.incoming)
            try stage.rename(SampleSlip.png("x"), to: "X.2.png", in: Self.incoming)
            try await stage.until("all are settled") { try stage.names(Self.incoming) == [] }
            #expect(try stage.names("slips/accepted") == ["X.2.png"])
            #expect(try problem("X.problem.json", stage).status == 413)
            let rejected = try stage.names("slips/rejected")
            #expect(rejected.contains("X.jpg") && rejected.contains(thai) && rejected.count == 4, "\(rejected)")
            let other = try #require(rejected.first { $0.hasSuffix(".problem.json") && $0 != "X.problem.json" })
            #expect(try problem(other, stage).detail.contains("transaction_id"))
            #expect(try await slips(of: "X", stage).count == 1)
        }
    }

    @Test("the same picture under two names is a slip of each of the two sales") func twoNames() async throws {
        try await SpoolStage.open(picture: 1 << 20) { stage in
            for id in ["A/1", "B"] {
                try stage.rename(SpoolStage.sale(id), to: "\(id.filter { $0 != "/" }).json")
                try await stage.untilKept(id)
            }
            for name in ["A%2F1.png", "B.png"] { try stage.rename(SampleSlip.png("same"), to: name, in: Self.incoming) }
            try await stage.until("both are taken") { try stage.names("slips/accepted").count == 2 }
            let (one, two) = (try await slips(of: "A/1", stage), try await slips(of: "B", stage))
            #expect(one.count == 1 && two.count == 1 && one != two)
        }
    }

    @Test("half a picture is taken once it is whole") func half() async throws {
        try await SpoolStage.open(picture: 1 << 20) { stage in
            try stage.rename(SpoolStage.sale("X"), to: "sale.json")
            try await stage.untilKept("X")
            let bytes = SampleSlip.png("x", padding: 200)
            let path = stage.path("\(Self.incoming)/X.png")
            for (piece, mark) in [(bytes[..<90], "MARK-1"), (bytes[90...], "MARK-2")] {
                let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
                #expect(piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == piece.count)
                close(file)
                // One that comes after it shows that it was looked at.
                try stage.rename(SpoolStage.sale(mark), to: "\(mark).json")
                try await stage.untilKept(mark)
                try stage.rename(SampleSlip.png(mark), to: "\(mark).png", in: Self.incoming)
                try await stage.until("a look") { try stage.names("slips/accepted").contains("\(mark).png") }
                #expect(try stage.names("slips/rejected") == [])
            }
            try await stage.until("it is taken") { try stage.names("slips/accepted").contains("X.png") }
            #expect(stage.refusals.all == [])
        }
    }

    @Test("other files are left where they are, and it is said which are taken") func left() async throws {
        try await SpoolStage.open(picture: 1 << 20) { stage in
            try stage.rename(Array("{}".utf8), to: "sale.json", in: Self.incoming)
            try await stage.until("it is told") {
                stage.log.all.contains { $0.contains("does not end in .jpg, .jpeg, .png, .webp") }
            }
            #expect(try stage.names(Self.incoming) == ["sale.json"])
            #expect(stage.slips?.figures.ignored == 1)
        }
    }
}
