import Foundation
import Raster

/// A paper as a camera or a scanner sees it: eight bits a dot, with white all around.
struct GreyPage {
    private(set) var width: Int
    private(set) var height: Int
    /// 0 is black, 255 white.
    private var shades: [UInt8]

    init(_ bitmap: Bitmap, border: Int = 0) {
        self.init(width: bitmap.width + 2 * border, height: bitmap.height + 2 * border)
        let stride = bitmap.bytesPerRow
        for (index, eight) in bitmap.bytes.enumerated() where eight != 0 {
            let start = (index / stride + border) * width + index % stride * 8 + border
            for dot in 0..<8 where eight << dot & 0x80 != 0 { shades[start + dot] = 0 }
        }
    }

    private init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        shades = [UInt8](repeating: 255, count: width * height)
    }

    /// The page as a file that every reader takes.
    var pgm: [UInt8] { Array("P5 \(width) \(height) 255\n".utf8) + shades }

    /// Larger by a whole factor, each dot a square.
    func enlarged(_ factor: Int) -> GreyPage {
        var page = GreyPage(width: 0, height: 0)
        (page.width, page.height) = (width * factor, height * factor)
        page.shades.reserveCapacity(page.width * page.height)
        for y in 0..<height {
            let row = shades[y * width..<(y + 1) * width].flatMap { [UInt8](repeating: $0, count: factor) }
            for _ in 0..<factor { page.shades += row }
        }
        return page
    }

    // The next two are written for a build without optimisation: plain loops over memory, in integers.

    /// Turned clockwise about its middle, on a page large enough for it.
    func tilted(degrees: Double) -> GreyPage {
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let (across, down) = (Double(width), Double(height))
        var page = GreyPage(
            width: Int(across * abs(cosine) + down * abs(sine)) + 1,
            height: Int(across * abs(sine) + down * abs(cosine)) + 1)
        // Positions in 256ths of a dot, steps in 65,536ths.
        let (stepX, stepY) = (Int(cosine * 65_536), Int(-sine * 65_536))
        let (width, height, newWidth) = (width, height, page.width)
        shades.withUnsafeBufferPointer { from in
            page.shades.withUnsafeMutableBufferPointer { to in
                var y = 0
                while y < to.count / newWidth {
                    let fromY = Double(y) - Double(to.count / newWidth) / 2
                    let fromX = -Double(newWidth) / 2
                    var column = Int((fromX * cosine + fromY * sine + across / 2) * 65_536)
                    var row = Int((fromY * cosine - fromX * sine + down / 2) * 65_536)
                    var x = 0
                    while x < newWidth {
                        let (left, top) = (column >> 16, row >> 16)
                        if left >= 0, top >= 0, left < width - 1, top < height - 1 {
                            let (right, bottom) = (column >> 8 & 255, row >> 8 & 255)
                            let at = top * width + left
                            let upper = Int(from[at]) * (256 - right) + Int(from[at + 1]) * right
                            let lower = Int(from[at + width]) * (256 - right) + Int(from[at + width + 1]) * right
                            to[y * newWidth + x] = UInt8((upper * (256 - bottom) + lower * bottom) >> 16)
                        }
                        column += stepX
                        row += stepY
                        x += 1
                    }
                    y += 1
                }
            }
        }
        return page
    }

    /// Out of focus: a Gaussian blur, its standard deviation in dots. The page's margin is left as it is.
    func blurred(deviation: Double) -> GreyPage {
        let reach = Int((3 * deviation).rounded(.up))
        let wakeSignal = (-reach...reach).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
        var weights = wakeSignal.map { Int($0 / wakeSignal.reduce(0, +) * 65_536) }
        weights[reach] += 65_536 - weights.reduce(0, +)
        var page = self
        for step in [1, width] {
            let before = page.shades
            before.withUnsafeBufferPointer { from in
                page.shades.withUnsafeMutableBufferPointer { to in
                    weights.withUnsafeBufferPointer { weights in
                        var index = reach * step
                        while index < from.count - reach * step {
                            var (sum, tap, at) = (0, 0, index - reach * step)
                            while tap < weights.count {
                                sum += weights[tap] * Int(from[at])
                                tap += 1
                                at += step
                            }
                            to[index] = UInt8(sum >> 16)
                            index += 1
                        }
                    }
                }
            }
        }
        return page
    }

    /// A share of the dots, of every shade, black or white by chance.
    func peppered(share: Double, seed: UInt64) -> GreyPage {
        var page = self
        var dice = Dice(state: seed)
        var index = dice.below(Int(2 / share))
        while index < page.shades.count {
            page.shades[index] = dice.below(2) == 0 ? 0 : 255
            index += 1 + dice.below(Int(2 / share))
        }
        return page
    }

    /// Columns one dot wide in which the head's element is dead, about one in so many.
    func withDropouts(every distance: Int, seed: UInt64) -> GreyPage {
        var page = self
        var dice = Dice(state: seed)
        for start in stride(from: 0, to: width, by: distance) {
            let column = start + dice.below(distance)
            guard column < width else { continue }
            for row in 0..<height { page.shades[row * width + column] = 255 }
        }
        return page
    }
}

/// The same throws for the same seed (SplitMix64).
private struct Dice {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
