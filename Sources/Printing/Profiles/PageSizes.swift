/// The sizes of paper that a queue's driver knows.
public struct PageSizes: Sendable, Equatable {
    /// Sizes with a name, as the server lists them.
    private(set) var named: [Named] = []
    /// Sizes of one's own choice lie between these.
    private(set) var smallest: PageSize?
    private(set) var largest: PageSize?

    struct Named: Sendable, Equatable {
        let name: String
        let size: PageSize
    }

    /// Drivers round: their 72 mm may be 204 points, and a receipt keeps more than this free at its sides.
    private static let tolerance = 100

    /// - Parameter media: the names in `media-supported`: PWG 5101.1, section 5, for its form.
    init(media: [String]) {
        for name in media {
            // Before the others: a custom_min_… has the form of a size.
            guard let size = PageSize(mediaName: name) else { continue }
            if name.hasPrefix("custom_min_") || name.hasPrefix("roll_min_") {
                smallest = size
            } else if name.hasPrefix("custom_max_") || name.hasPrefix("roll_max_") {
                largest = size
            } else {
                named.append(Named(name: name, size: size))
            }
        }
    }

    /// The page that comes nearest to a receipt: one of its own size where the queue takes such, else the shortest of the
    /// nearest width that it fits on, else the longest of that width, on which it takes more than one page. A queue
    /// that lists no sizes is given the receipt as it is.
    ///
    /// nil where no page is as wide as what is printed on it.
    public func page(for receipt: PageSize, printedWidth: Int) -> PageSize? {
        let least = printedWidth - Self.tolerance
        if let smallest, let largest, largest.width >= least {
            return PageSize(
                width: min(max(receipt.width, smallest.width), largest.width),
                length: min(max(Self.inWholePoints(receipt.length), smallest.length), largest.length))
        }
        guard !named.isEmpty || largest != nil else { return receipt }
        let wide = named.map(\.size).filter { $0.width >= least }
        let distance = wide.map { abs($0.width - receipt.width) }.min()
        let nearest = wide.filter { abs($0.width - receipt.width) == distance }
        return nearest.filter { $0.length >= receipt.length }.min { $0.length < $1.length }
            ?? nearest.max { $0.length < $1.length }
    }

    /// cupsd hands a driver such sizes in points and drops the fractions: what is longer by one would be cut off.
    private static func inWholePoints(_ hundredths: Int) -> Int {
        let points = (hundredths * 72 + 2_539) / 2_540
        return (points * 2_540 + 71) / 72
    }

    /// What the server is to be told; nil where it lists no sizes.
    func media(for page: PageSize) -> String? {
        if let listed = named.first(where: { $0.size == page }) { return listed.name }
        return largest == nil ? nil : page.customName
    }
}
