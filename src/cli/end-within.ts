import { spawn } from 'node:child_process'

/** Ends with its parent, whose end closes the pipe between them, or else ends the parent. */
const WATCH = `
process.stdin.on('close', () => process.exit()).resume()
setTimeout(() => {
  try { process.kill(Number(process.argv[1]), 'SIGKILL') } catch {}
  process.exit()
}, Number(process.argv[2]))`

/**
 * The same for a shell, which begins at once where the machine is busy; a second Node would take seconds. Its arguments are the process and
 * seconds. Nothing of it may outlast the parent: whoever ends a service waits for all that it has begun. What a shell runs beside itself
 * is given no input of its own, hence the third.
 */
export const SHELL_WATCH = `
exec 3<&0
sleep "$2" 3<&- & clock=$!
{ cat <&3 > /dev/null; kill $clock; } &
wait $clock && kill -9 "$1"`

const watchOver = (pid: number, limitMs: number): readonly [string, readonly string[]] =>
  process.platform === 'win32'
    ? [process.execPath, ['-e', WATCH, `${pid}`, `${limitMs}`]]
    : ['/bin/sh', ['-c', SHELL_WATCH, 'watch', `${pid}`, `${limitMs / 1000}`]]

/**
 * Ends this process after so long, whatever hangs. It cannot do so itself: Node waits for its threads even in `process.exit`, and a
 * thread that waits for the system cannot be stopped. What was acknowledged is on the disk at any moment.
 */
export const endWithin = (limitMs: number): void => {
  const [program, args] = watchOver(process.pid, limitMs)
  const watch = spawn(program, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true })
  // Where no process can be started there is nothing left to try.
  watch.on('error', () => {})
  watch.unref()
  ;(watch.stdin as unknown as { readonly unref: () => void }).unref()
}
