extension SlimeSimulator {
    /// What the page leaves open about a buyer.
    public struct BuyerLeeway: Sendable, Equatable {
        /// The page's pattern for a passport number is `/^\d{13}$/`, which few passports fit.
        public enum Passports: Sendable {
            /// To the letter.
            case thirteenDigits
            /// Up to 20 letters and digits.
            case lettersAndDigits
        }

        /// A code that could be one, in a changwat that there is, of which the simulator's small table knows nothing.
        public enum UnlistedPlaces: Sendable {
            case accepted, refused
        }

        public var passports = Passports.thirteenDigits
        public var unlistedPlaces = UnlistedPlaces.accepted

        public init() {}
    }
}
