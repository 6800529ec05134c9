/**
 * Loaded before every test: SQLite does not wait until the disk has what it writes, which took up to half of the time of tests that write
 * much. Tests end processes, not the machine, and what a process has written outlives it either way. `TEST_DISK=real` leaves it as it is.
 */
import { DatabaseSync } from 'node:sqlite'

const { exec } = DatabaseSync.prototype

// Test files that share a process load this once each.
if (exec.name !== 'execUnsynced')
  DatabaseSync.prototype.exec = function execUnsynced(this: DatabaseSync, sql: string): void {
    const waits = sql === 'PRAGMA synchronous = FULL' && process.env.TEST_DISK !== 'real'
    exec.call(this, waits ? 'PRAGMA synchronous = OFF' : sql)
  }
