const numbersOf = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number)

/** Whether a version comes before another; of what is not numbered nothing is known. */
export const isOlder = (version: string, other: string): boolean => {
  const [ones, others] = [numbersOf(version), numbersOf(other)]
  const differing = ones.findIndex((part, at) => part !== others[at])
  return differing >= 0 && ones[differing]! < (others[differing] ?? 0)
}
