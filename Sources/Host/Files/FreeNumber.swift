/// Finds a number for a name that is taken, in few looks however many there are.
enum FreeNumber {
    /// Far more files than any folder holds.
    private static let highest = 1 << 40

    /// 0 where the plain name is free, else a number that is: the first one, where none in between was given up.
    ///
    /// Doubles until a number is free, then halves the way back: some 80 looks at most, where counting up would take as many
    /// as there are files.
    static func first<Failure>(isTaken: (Int) throws(Failure) -> Bool) throws(Failure) -> Int {
        guard try isTaken(0) else { return 0 }
        var (taken, free) = (0, 1)
        while free < highest, try isTaken(free) { (taken, free) = (free, free * 2) }
        while free - taken > 1 {
            let middle = taken + (free - taken) / 2
            if try isTaken(middle) { taken = middle } else { free = middle }
        }
        return free
    }
}
