public import Sales

// What is kept beside a registration's request, and is not sent.
extension RegistrationData {
    private static let ownTheme = "own theme"

    /// Says whether the event, not the store's configuration, chose the theme.
    public static func context(for event: SaleEvent) -> String? { event.namesItsTheme ? ownTheme : nil }

    public static func namesItsTheme(_ context: String?) -> Bool { context == ownTheme }
}
