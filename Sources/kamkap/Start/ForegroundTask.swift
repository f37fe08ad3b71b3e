import ServiceLifecycle

/// A service whose end stops the gateway, and is no fault.
protocol ForegroundTask: Service {}
