"""One folder a platform, each behind `base.Connector`. A connector never sees a model, a setting or the clock."""
