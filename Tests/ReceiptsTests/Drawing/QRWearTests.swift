import Raster
import Testing

@testable import Receipts

/// What happens to a code between the head and a phone.
enum Wear: CaseIterable {
    case blur, flecks, dropouts, tilt, all

    /// Blur and tilt leave nothing to chance.
    var seeds: ClosedRange<UInt64> {
        switch self {
        case .blur, .tilt: 1...1
        case .flecks, .dropouts, .all: 1...4
        }
    }

    func worn(_ page: GreyPage, seed: UInt64) -> GreyPage {
        switch self {
        case .blur: page.blurred(deviation: 2)
        case .flecks: page.peppered(share: 0.02, seed: seed)
        // No reader finds a corner mark that a sharp white line cuts in two, whatever its size; no camera is that sharp.
        case .dropouts: page.withDropouts(every: 48, seed: seed).blurred(deviation: 2)
        case .tilt: page.tilted(degrees: 15)
        case .all:
            // The head's dead elements and the paper's flecks first, then what the camera adds.
            page.withDropouts(every: 48, seed: seed).peppered(share: 0.02, seed: seed).tilted(degrees: 15)
                .blurred(deviation: 2)
        }
    }
}

@Suite(.timeLimit(.minutes(2))) struct QRWearTests {
    @Test("a worn code is still read by an independent reader", arguments: [384, 512, 576], [80, 140, 200])
    func readBack(width: Int, length: Int) throws {
        let url = Samples.url(ofLength: length)
        let page = GreyPage(try QRCode(url, paperWidth: width).bitmap, border: 24)
        for wear in Wear.allCases {
            for seed in wear.seeds {
                let read = try OutsideReader.zbar(wear.worn(page, seed: seed))
                #expect(read == url, "\(wear), seed \(seed)")
            }
        }
    }
}
