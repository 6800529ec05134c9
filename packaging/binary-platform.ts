/** @file For which system and processor a binary is, by its header: ELF, Mach-O and PE. Names as in `platforms.ts`. */
const ELF = 0x464c457f
const MACH_O_64 = 0xfeedfacf
const MACH_O_FAT = 0xbebafeca
const DOS = 0x5a4d
const PE = 0x4550
const PE_OFFSET_AT = 0x3c

/** By the number that each format has for it. */
const ELF_PROCESSORS: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64' }
const MACH_O_PROCESSORS: Readonly<Record<number, string>> = { 16777223: 'x64', 16777228: 'arm64' }
const PE_PROCESSORS: Readonly<Record<number, string>> = { 34404: 'x64', 43620: 'arm64', 332: 'x86' }

/** `linux-x64` and the like, with the number of the processor where it has no name here; null for what is no binary. */
export const binaryPlatform = (bytes: Buffer): string | null => {
  if (bytes.length < 64) return null
  const named = (system: string, names: Readonly<Record<number, string>>, id: number): string =>
    `${system}-${names[id] ?? id}`
  switch (bytes.readUInt32LE(0)) {
    case ELF:
      return named('linux', ELF_PROCESSORS, bytes.readUInt16LE(18))
    case MACH_O_64:
      return named('darwin', MACH_O_PROCESSORS, bytes.readUInt32LE(4))
    case MACH_O_FAT:
      return 'darwin-several'
  }
  const at = bytes.readUInt16LE(0) === DOS ? bytes.readUInt32LE(PE_OFFSET_AT) : bytes.length
  if (at > bytes.length - 6 || bytes.readUInt32LE(at) !== PE) return null
  return named('win', PE_PROCESSORS, bytes.readUInt16LE(at + 4))
}
