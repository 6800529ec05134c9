import { spawn } from 'node:child_process'

/** Ends with its parent, whose end closes the pipe between them, or else ends the parent. */
const WATCH = `
process.stdin.on('close', () => process.exit()).resume()
setTimeout(() => {
  try { process.kill(Number(process.argv[1]), 'SIGKILL') } catch {}
  process.exit()
}, Number(process.argv[2]))`

/**
 * Ends this process after so long, whatever hangs. It cannot do so itself: Node waits for its threads even in `process.exit`, and a
 * thread that waits for the system cannot be stopped. What was acknowledged is on the disk at any moment.
 */
export const endWithin = (limitMs: number): void => {
  const watch = spawn(process.execPath, ['-e', WATCH, String(process.pid), String(limitMs)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  })
  // Where no process can be started there is nothing left to try.
  watch.on('error', () => {})
  watch.unref()
  ;(watch.stdin as unknown as { readonly unref: () => void }).unref()
}
