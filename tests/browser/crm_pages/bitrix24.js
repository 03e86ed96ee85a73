// The page around the side panel does nothing of its own.
window.pending = [];
