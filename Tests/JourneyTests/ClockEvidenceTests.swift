import Foundation
import Journey
import Testing

@Suite struct ClockEvidenceTests {
    private static let now = Date(timeIntervalSince1970: 1_796_000_000)
    private static let day: TimeInterval = 86_400
    private static let year = 365 * day

    /// A clock that everything speaks for.
    private static func good(_ change: (inout ClockEvidence) -> Void = { _ in }) -> ClockEvidence {
        var evidence = ClockEvidence(
            shown: now, steadyFor: .seconds(3_600), isSynchronised: true,
            provider: .init(date: now - 600, age: .seconds(600)), newestSale: now - 3_600, released: now - 30 * day)
        change(&evidence)
        return evidence
    }

    private static func provider(ahead: TimeInterval, age: TimeInterval = 0) -> ClockEvidence.ProviderTime {
        .init(date: now + ahead - age, age: .seconds(age))
    }

    @Test(
        "nothing is deleted on one clock's word",
        arguments: [
            (good(), .trusted(now)),
            // The kernel's word alone, or the provider's alone, is another clock's.
            (good { $0.provider = nil }, .trusted(now)),
            (good { $0.isSynchronised = false }, .trusted(now)),
            (
                good {
                    $0.isSynchronised = false
                    $0.provider = provider(ahead: -day + 1, age: day)
                }, .trusted(now)
            ),
            (good { ($0.isSynchronised, $0.provider) = (false, nil) }, .untrusted(.notBorneOut)),
            // What the provider said yesterday says nothing any more.
            (
                good {
                    $0.isSynchronised = false
                    $0.provider = provider(ahead: 0, age: day + 1)
                }, .untrusted(.notBorneOut)
            ),
            // Two witnesses that differ are none.
            (good { $0.provider = provider(ahead: -6 * year) }, .untrusted(.providerDiffers)),
            (good { $0.provider = provider(ahead: day + 1) }, .untrusted(.providerDiffers)),
            (good { $0.steadyFor = .seconds(3_599) }, .untrusted(.tooSoon)),
            (good { $0.newestSale = nil }, .untrusted(.noSale)),
            (good { $0.newestSale = now - 31 * day }, .trusted(now)),
            (good { $0.newestSale = now - 31 * day - 1 }, .untrusted(.newestSaleFarBack)),
            (good { $0.newestSale = now - 6 * year }, .untrusted(.newestSaleFarBack)),
            (good { $0.newestSale = now + 300 }, .trusted(now)),
            (good { $0.newestSale = now + 301 }, .untrusted(.newestSaleAhead)),
            (good { $0.released = now + day }, .trusted(now)),
            (good { $0.released = now + day + 1 }, .untrusted(.beforeRelease)),
        ] as [(ClockEvidence, DeletionTrust)])
    func deletion(evidence: ClockEvidence, expected: DeletionTrust) {
        #expect(evidence.deletion == expected)
    }

    /// What is known against a clock that nobody keeps.
    private static func lone(_ change: (inout ClockEvidence) -> Void = { _ in }) -> ClockEvidence {
        var evidence = ClockEvidence(shown: now, newestSale: now - 60, released: now - 30 * day)
        change(&evidence)
        return evidence
    }

    @Test(
        "a clock is wrong where the release, the outbox or the provider says so, and only then",
        arguments: [
            (lone(), nil),
            (lone { $0.newestSale = nil }, nil),
            // Small steps back are nothing.
            (lone { $0.newestSale = now + 300 }, nil),
            (lone { $0.newestSale = now + 301 }, .beforeNewestSale(now + 301)),
            (lone { $0.newestSale = now + 6 * year }, .beforeNewestSale(now + 6 * year)),
            // Whoever bears the clock out says that the sale was dated ahead.
            (
                lone {
                    $0.newestSale = now + 6 * year
                    $0.isSynchronised = true
                }, nil
            ),
            (
                lone {
                    $0.newestSale = now + 6 * year
                    $0.provider = provider(ahead: 299, age: 3_600)
                }, nil
            ),
            // Seven hours from the provider's is not borne out.
            (
                lone {
                    $0.newestSale = now + 7 * 3_600
                    $0.provider = provider(ahead: 7 * 3_600)
                }, .beforeNewestSale(now + 7 * 3_600)
            ),
            (
                lone {
                    $0.newestSale = now + 3_600
                    $0.isVouchedFor = true
                }, nil
            ),
            // Nothing outweighs the release: neither NTP nor staff.
            (
                lone {
                    $0.released = now + 3 * year
                    $0.isSynchronised = true
                    $0.isVouchedFor = true
                }, .beforeRelease(now + 3 * year)
            ),
            (lone { $0.provider = provider(ahead: day + 1) }, .behindProvider(day + 1)),
            (lone { $0.provider = provider(ahead: day) }, .differs(day)),
            (lone { $0.provider = provider(ahead: -301) }, .differs(-301)),
            (lone { $0.provider = provider(ahead: -6 * year) }, .differs(-6 * year)),
            (lone { $0.provider = provider(ahead: 300) }, nil),
            // NTP is believed before the provider.
            (
                lone {
                    $0.provider = provider(ahead: 3 * year)
                    $0.isSynchronised = true
                }, nil
            ),
        ] as [(ClockEvidence, ClockFault?)])
    func fault(evidence: ClockEvidence, expected: ClockFault?) {
        #expect(evidence.fault == expected)
    }

    @Test("a clock that is ahead stops no sales, one that is behind does")
    func stopsSales() {
        #expect(!ClockFault.differs(-6 * Self.year).stopsSales)
        #expect(ClockFault.behindProvider(2 * Self.day).stopsSales)
        #expect(ClockFault.beforeNewestSale(Self.now).stopsSales)
        #expect(ClockFault.beforeRelease(Self.now).stopsSales)
    }

    @Test("what a till dates is held against the latest time that it may be")
    func latest() {
        #expect(Self.lone { $0.newestSale = Self.now + Self.year }.latest == Self.now + Self.year)
        #expect(Self.good { $0.newestSale = Self.now + Self.year }.latest == Self.now)
        #expect(Self.lone().latest == Self.now)
    }
}
