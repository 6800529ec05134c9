/** 0.8754 → "87.5 %". */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)} %`
