/// The calls of the API that are made here.
enum SlimeSubject: String, Sendable {
    case hello = "test/hello"
    case stub = "simple-transaction/initiate-with-tax-invoice-stub"
    case show = "trading-transaction/show"
}
