import Sales

extension BangkokDay {
    var before: BangkokDay { BangkokDay(number: number - 1) }
    var after: BangkokDay { BangkokDay(number: number + 1) }
}
