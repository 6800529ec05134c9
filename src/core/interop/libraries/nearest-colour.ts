/**
 * The colour of a palette that looks most like another one: distance in OKLab.
 * Björn Ottosson, https://bottosson.github.io/posts/oklab/ (public domain)
 */
type Lab = readonly [lightness: number, greenRed: number, blueYellow: number]

const linear = (channel: number): number => {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

export const channelsOf = (colour: string): readonly [red: number, green: number, blue: number] => {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]
}

const labOf = (colour: string): Lab => {
  const [red, green, blue] = channelsOf(colour).map(linear) as [number, number, number]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ]
}

const distance = (one: Lab, other: Lab): number => Math.hypot(...one.map((value, axis) => value - other[axis]!))

/** @param palette not empty; where two are as near, the first is taken */
export const nearestColour = (colour: string, palette: readonly string[]): string => {
  const wanted = labOf(colour)
  let [nearest, least] = [palette[0]!, Number.POSITIVE_INFINITY]
  for (const one of palette) {
    const away = distance(wanted, labOf(one))
    if (away < least) [nearest, least] = [one, away]
  }
  return nearest
}
