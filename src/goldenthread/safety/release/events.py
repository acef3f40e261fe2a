from goldenthread.thread.events import Event

FIGURES_FROZEN = Event("release.frozen", "A set of figures was frozen.", facts={"number": int})
