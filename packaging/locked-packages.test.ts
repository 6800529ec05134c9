import { expect, test } from 'vitest'
import { filesOfPlatform, lockFor } from './locked-packages.ts'
import { PLATFORMS } from './platforms.ts'

const packages = {
  '': { dependencies: { plain: '1.0.0' } },
  'node_modules/plain': { version: '1.0.0' },
  'node_modules/for-mac': { version: '1.0.0', os: ['darwin'], cpu: ['arm64'] },
  'node_modules/@scope/for-linux': { version: '1.0.0', os: 'linux', cpu: ['x64', 'arm64'], libc: ['glibc'] },
  'node_modules/for-musl': { version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'node_modules/not-for-windows': { version: '1.0.0', os: ['!win32'] },
  'node_modules/plain/node_modules/for-windows': { version: '1.0.0', os: ['win32'], cpu: ['!arm64'] },
}
const lock = JSON.stringify({ lockfileVersion: 3, packages })
const files = Object.keys(packages)
  .filter((path) => path !== '')
  .map((path) => `${path.slice('node_modules/'.length)}/index.js`)

test.each([
  ['linux-x64', ['plain', '@scope/for-linux', 'not-for-windows']],
  ['linux-arm64', ['plain', '@scope/for-linux', 'not-for-windows']],
  ['darwin-arm64', ['plain', 'for-mac', 'not-for-windows']],
  ['win-x64', ['plain', 'plain/node_modules/for-windows']],
])('%s is given what npm would install there', (name, wanted) => {
  const platform = PLATFORMS.find((one) => one.name === name)!
  expect(filesOfPlatform(lock, platform, files)).toEqual(wanted.map((folder) => `${folder}/index.js`))
})

test('npm installs for several platforms what any of them takes, wherever it runs, and changes no version', () => {
  const [linux, , mac] = PLATFORMS
  const { packages: read } = JSON.parse(lockFor(lock, [linux!, mac!])) as {
    packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
  const limited = Object.entries(read).filter(([, { os, cpu, libc }]) => os ?? cpu ?? libc)
  expect(limited).toEqual(
    ['node_modules/for-musl', 'node_modules/plain/node_modules/for-windows'].map((path) => [
      path,
      { version: '1.0.0', os: ['none'] },
    ]),
  )
  expect(Object.keys(read)).toEqual(Object.keys(packages))
})
