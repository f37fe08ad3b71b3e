import Foundation
import Sales

extension BangkokDay {
    var before: BangkokDay { BangkokDay(numbered: number - 1) }
    var after: BangkokDay { BangkokDay(numbered: number + 1) }

    private init(numbered number: Int) {
        self.init(of: Date(timeIntervalSince1970: Double(number) * 86_400))
    }
}
