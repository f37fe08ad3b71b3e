import Sales
import Testing

@testable import Billgate

@Suite struct RequestLinesTests {
    private func lines(_ lines: [String]) throws -> RequestLines {
        RequestLines(try Fixture.event(lines: lines).sale.lines)
    }

    private func summary(_ lines: RequestLines) -> [String] {
        lines.lines.map { "\($0.description) \($0.quantity) × \($0.unitPrice) − \($0.discount.plain)" }
    }

    @Test("a discount is taken off the nearest line of its kind before it, then behind it, and none falls below zero")
    func discounts() throws {
        let result = try lines([
            Fixture.line("a", "10"), Fixture.line("free", "100", vatable: false), Fixture.line("b", "5"),
            Fixture.line("less", "-16.25"), Fixture.line("c", "1"), Fixture.line("d", "20"),
        ])
        #expect(
            summary(result) == [
                "a 1 × 10 − 10.00", "free 1 × 100 − 0.00", "b 1 × 5 − 5.00", "c 1 × 1 − 1.00", "d 1 × 20 − 0.25",
            ])
        #expect(result.faults.isEmpty)
    }

    @Test("several discounts share the lines, and a part of a satang is not lost")
    func severalDiscounts() throws {
        let result = try lines([
            Fixture.line("a", "3.335", "3"), Fixture.line("x", "-0.000001", "0.5"), Fixture.line("y", "-10"),
        ])
        #expect(summary(result) == ["a 3 × 3.335 − 10.0000005"])
    }

    @Test("a discount without enough of its kind is named by its place in the sale")
    func noRoom() throws {
        let event = try Fixture.event(lines: [
            Fixture.line("a", "10", vatable: false), Fixture.line("b", "1"), Fixture.line("less", "-2", vatable: false),
            Fixture.line("even less", "-9", vatable: false), Fixture.line("c", "1", vatable: false),
        ])
        #expect(RequestLines(event.sale.lines).faults.isEmpty)
        let much = try Fixture.event(lines: [
            Fixture.line("a", "10"), Fixture.line("b", "100"), Fixture.line("less", "-1", vatable: false),
        ])
        #expect(RequestRules(event: much).faults.map(\.pointer) == ["/document/line_items/2"])
    }

    @Test("equal lines become one, also one that a merge makes equal to another")
    func merged() throws {
        let result = try lines([
            Fixture.line("x", "7", "2"), Fixture.line("z", "1"), Fixture.line("x", "7.00"), Fixture.line("y", "7"),
            Fixture.line("x", "7"), Fixture.line("x", "7", vatable: false),
        ])
        #expect(summary(result) == ["x 4 × 7 − 0.00", "z 1 × 1 − 0.00", "y 1 × 7 − 0.00", "x 1 × 7 − 0.00"])
    }

    @Test("three equal lines are one")
    func three() throws {
        let line = Fixture.line("x", "7")
        #expect(summary(try lines([line, line, line])) == ["x 3 × 7 − 0.00"])
    }

    @Test("equal lines with equal discounts keep both discounts, and different ones stay apart")
    func mergedDiscounts() throws {
        let equal = try lines([
            Fixture.line("x", "7"), Fixture.line("l", "-7"), Fixture.line("x", "7"), Fixture.line("l", "-7"),
            Fixture.line("o", "1"),
        ])
        #expect(summary(equal) == ["x 2 × 7 − 14.00", "o 1 × 1 − 0.00"])
        let different = try lines([Fixture.line("x", "7"), Fixture.line("l", "-1"), Fixture.line("x", "7")])
        #expect(summary(different) == ["x 1 × 7 − 1.00", "x 1 × 7 − 0.00"])
    }

    @Test("whatever is folded and merged comes to the same total, and no two lines are equal")
    func sums() throws {
        var random = SplitMix(seed: 20_261_120)
        for _ in 0..<300 {
            let texts = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Fixture.line(
                    ["x", "y"].randomElement(using: &random) ?? "",
                    ["7", "3.335", "10"].randomElement(using: &random) ?? "",
                    ["1", "2", "0.5"].randomElement(using: &random) ?? "", vatable: .random(using: &random))
            }
            let discounts = [true, false].map {
                Fixture.line("less", "-0.\(Int.random(in: 1...9, using: &random))", vatable: $0)
            }
            guard let event = try? Fixture.event(lines: texts + discounts) else { continue }
            let result = RequestLines(event.sale.lines)
            guard result.faults.isEmpty else { continue }
            let exact = event.sale.lines.reduce(ExactAmount.zero) { $0 + $1.amount(under: .total) }
            #expect(result.lines.reduce(ExactAmount.zero) { $0 + $1.amount } == exact)
            #expect(result.lines.allSatisfy { !$0.amount.isNegative })
            for (index, line) in result.lines.enumerated() {
                #expect(!result.lines[..<index].contains { $0.hasSameContent(as: line) })
            }
        }
    }
}

/// Sebastiano Vigna's generator: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
