import { statfs } from 'node:fs/promises'

/**
 * Types of file systems that Linux makes up to tell of itself (statfs(2), linux/magic.h): proc, sysfs, cgroup, cgroup2, devpts, debugfs,
 * tracefs, securityfs, pstore, bpf, mqueue, configfs, efivarfs, binfmt_misc, fusectl, hugetlbfs.
 */
const OF_THE_SYSTEM: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x1cd1, 0x64626720, 0x74726163, 0x73636673, 0x6165676c, 0xcafe4a11,
  0x19800202, 0x62656570, 0xde5e81e4, 0x42494e4d, 0x65735543, 0x958458f6,
])

/** Whether what lies in a folder is no files at all but the system's word on itself: thousands of names, and nobody's music. */
export const isSystemDrive = async (folder: string): Promise<boolean> =>
  process.platform === 'linux' && OF_THE_SYSTEM.has((await statfs(folder)).type)
