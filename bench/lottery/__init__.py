"""Our draw beside a plain shuffle that gives places out first come, first served."""
