import ServiceLifecycle

/// A service whose end stops the gateway without being a fault.
protocol ForegroundTask: Service {}
