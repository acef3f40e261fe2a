"""The governance pack of an organisation: papers filled from its settings, with the gaps marked."""
