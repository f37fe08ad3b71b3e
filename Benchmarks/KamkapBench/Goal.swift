import Foundation

/// A goal, printed beside the measured figure.
enum Goal {
    case atLeast(Double)
    case atMost(Double)

    func isMet(by value: Double) -> Bool {
        switch self {
        case .atLeast(let bound): value >= bound
        case .atMost(let bound): value <= bound
        }
    }

    /// `  sales to one-row commits      1.30 times (1.21 to 1.42)   goal ≥ 3: missed`
    func report(_ name: String, _ samples: [Double], unit: String, digits: Int = 2) {
        let sorted = samples.sorted()
        let median = Distribution(samples).percentile(0.5)
        func text(_ value: Double) -> String { String(format: "%.\(digits)f", value) }
        let spread = sorted.count > 1 ? " (\(text(sorted[0])) to \(text(sorted[sorted.count - 1])))" : ""
        let bound =
            switch self {
            case .atLeast(let bound): "≥ \(bound.formatted())"
            case .atMost(let bound): "≤ \(bound.formatted())"
            }
        Line.print(name, "\(text(median)) \(unit)\(spread)   goal \(bound): \(isMet(by: median) ? "met" : "missed")")
    }
}

/// A line of figures: a name, then the figures, in one column.
enum Line {
    static func print(_ name: String, _ figures: String) {
        Swift.print("  " + name.padding(toLength: 32, withPad: " ", startingAt: 0) + figures)
    }
}
