"""The board's pages: home, queue, workbench, versions, sources, trail. They act through ``bedside.board`` only."""
