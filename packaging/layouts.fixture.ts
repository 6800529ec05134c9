import { expect } from 'vitest'
import { binaryPlatform } from './binary-platform.ts'
import type { Archive } from './read-archive.fixture.ts'
import { version } from './release.fixture.ts'

export const ARCHIVES: Readonly<Record<string, string>> = {
  'linux-x64': `algiers-${version}-linux-x64.tar.gz`,
  'linux-arm64': `algiers-${version}-linux-arm64.tar.gz`,
  'darwin-arm64': `algiers-${version}-darwin-arm64.zip`,
  'win-x64': `algiers-${version}-win-x64.zip`,
}
/** Where the program lies in each archive. */
export const TOPS: Readonly<Record<string, string>> = {
  'linux-x64': `algiers-${version}-linux-x64`,
  'linux-arm64': `algiers-${version}-linux-arm64`,
  'darwin-arm64': 'Algiers.app/Contents/Resources',
  'win-x64': 'Algiers',
}
/** What is run by itself. */
export const STARTING: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['algiers', 'runtime/node'].map((path) => `${TOPS['linux-x64']}/${path}`),
  'linux-arm64': ['algiers', 'runtime/node'].map((path) => `${TOPS['linux-arm64']}/${path}`),
  'darwin-arm64': ['MacOS/Algiers', 'Resources/bin/algiers', 'Resources/runtime/node'].map(
    (path) => `Algiers.app/Contents/${path}`,
  ),
  'win-x64': ['Algiers/Algiers.exe', 'Algiers/runtime/node.exe'],
}

const PE_OFFSET_AT = 0x3c
const PE_SUBSYSTEM_AT = 0x5c
const WITHOUT_CONSOLE = 2
const MACH_O_HEADER_BYTES = 32
const CODE_SIGNATURE = 0x1d

/** Apple's processors run no binary without a signature, be it one that nobody vouches for. */
const isSigned = (binary: Buffer): boolean => {
  let at = MACH_O_HEADER_BYTES
  for (let left = binary.readUInt32LE(16); left > 0; left--) {
    if (binary.readUInt32LE(at) === CODE_SIGNATURE) return true
    at += binary.readUInt32LE(at + 4)
  }
  return false
}

/** What each system asks of the place of things; beyond the headers of binaries, nothing of macOS and Windows is run here. */
export const LAYOUTS: Readonly<Record<string, (archive: Archive) => void>> = {
  'linux-x64': (archive) => expect(archive.get(`${TOPS['linux-x64']}/algiers`)!.mode).toBe(0o755),
  'linux-arm64': (archive) => expect(archive.get(`${TOPS['linux-arm64']}/algiers`)!.mode).toBe(0o755),
  'darwin-arm64': (archive) => {
    const contents = 'Algiers.app/Contents'
    const information = archive.get(`${contents}/Info.plist`)!.bytes.toString()
    const stringOf = (key: string): string => new RegExp(`<key>${key}</key><string>([^<]*)`).exec(information)![1]!
    expect(archive.get(`${contents}/MacOS/${stringOf('CFBundleExecutable')}`)!.mode).toBe(0o755)
    const icon = archive.get(`${contents}/Resources/${stringOf('CFBundleIconFile')}.icns`)!.bytes
    expect([icon.toString('latin1', 0, 4), icon.readUInt32BE(4)]).toEqual(['icns', icon.length])
    expect(stringOf('CFBundleShortVersionString')).toBe(version)
    const binaries = [...archive].filter(([, { bytes }]) => binaryPlatform(bytes) !== null)
    expect(binaries.filter(([, { bytes }]) => !isSigned(bytes)).map(([path]) => path)).toEqual([])
  },
  'win-x64': (archive) => {
    const launcher = archive.get('Algiers/Algiers.exe')!.bytes
    expect(launcher.readUInt16LE(launcher.readUInt32LE(PE_OFFSET_AT) + PE_SUBSYSTEM_AT)).toBe(WITHOUT_CONSOLE)
    for (const name of ['install.cmd', 'bin/algiers.cmd', 'setup/install.ps1', 'setup/uninstall.ps1'])
      expect(archive.get(`Algiers/${name}`)!.bytes.toString()).toMatch(/^(?:[^\n]*\r\n)+$/)
    // Microsoft's terms for these are not those of the runtime that they come with.
    expect([...archive.keys()].filter((path) => /(?:DirectML|dxcompiler|dxil)\.dll$/i.test(path))).toEqual([])
    expect(archive.get('Algiers/setup/install.ps1')!.bytes.toString()).toContain(`DisplayVersion = '${version}'`)
  },
}
