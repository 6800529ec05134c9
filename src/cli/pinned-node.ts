import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'

/** The Node that this program is written for; npm brings it, and may itself run on one that is much older. */
const PINNED_MAJOR = 26

/** The package that carries it, as in `optionalDependencies`. */
const nodePackage = (platform: string, arch: string): string =>
  platform === 'darwin' ? `node-bin-darwin-${arch}` : `node-${platform === 'win32' ? 'win' : platform}-${arch}`

const pinnedNode = (): string | null => {
  const { platform, arch } = process
  try {
    const manifest = createRequire(import.meta.url).resolve(`${nodePackage(platform, arch)}/package.json`)
    return join(manifest, '..', 'bin', platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return null
  }
}

/** Ends this process as another one ended. */
const endAs = (code: number | null, signal: NodeJS.Signals | null): never =>
  process.exit(code ?? 128 + constants.signals[signal!])

/**
 * Runs a file on the pinned Node, with the arguments and streams of this process, where this one is too old for it. Nothing here may ask
 * for more than Node 20 has.
 * @returns whether it does; this process then ends with the other one
 */
export const runOnPinnedNode = (file: string): boolean => {
  if (Number.parseInt(process.versions.node, 10) >= PINNED_MAJOR) return false
  const node = pinnedNode()
  if (node === null) {
    process.stderr.write(
      `Algiers needs Node ${PINNED_MAJOR}; this is ${process.version}, and npm has installed no other.\n`,
    )
    process.exit(1)
  }
  const child = spawn(node, [file, ...process.argv.slice(2)], { stdio: 'inherit', windowsHide: true })
  // A terminal interrupts both; what comes to this process alone is handed on.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', endAs)
  return true
}
