public import Sales

// What is remembered of a registration beside its request, and is not sent.
extension StubData {
    private static let ownTheme = "own theme"

    /// Says whether the event, not the store's configuration, chose the theme.
    public static func context(for event: SaleEvent) -> String? { event.namesItsTheme ? ownTheme : nil }

    public static func namesItsTheme(_ context: String?) -> Bool { context == ownTheme }
}
