import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {children}
    </svg>
  );
}

export const CheckIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="m8 12.500 2.700 2.700L16.200 9.500" />
  </Icon>
);
export const InfoIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 11v5M12 7.800v.100" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon>
    <path d="M12 4 2.800 19.500h18.400L12 4Z" />
    <path d="M12 10v4.200M12 16.900v.100" />
  </Icon>
);
export const CameraIcon = () => (
  <Icon>
    <rect x="3" y="6.500" width="12.500" height="11" rx="2.500" />
    <path d="m15.500 10.500 5.500-3v9l-5.500-3" />
  </Icon>
);
export const LightIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400" />
  </Icon>
);
export const PersonIcon = () => (
  <Icon>
    <circle cx="12" cy="8.500" r="3.700" />
    <path d="M4.800 20c.8-3.700 3.600-5.600 7.200-5.600s6.400 1.900 7.200 5.600" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.200A8 8 0 0 1 9.800 4a8 8 0 1 0 10.200 10.200Z" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M12 4v11M7.500 11 12 15.500 16.500 11M5 19.500h14" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M15 5.500 8.500 12l6.500 6.500" />
  </Icon>
);
export const Brand = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="#2f5bd7" />
    <path d="M6 16c2.600-4.600 6-6.900 10-6.900s7.400 2.300 10 6.900c-2.600 4.600-6 6.900-10 6.900S8.600 20.600 6 16Z" fill="none" stroke="#fff" strokeWidth="2.200" strokeLinejoin="round" />
    <circle cx="16" cy="16" r="3.400" fill="#fff" />
  </svg>
);
