import JSON
import Sales
import Settings

extension Settings {
    var saleDefaults: SaleDefaults {
        SaleDefaults(branchID: store.branchID, theme: slime?.theme ?? [:], terms: saleTerms)
    }
}
