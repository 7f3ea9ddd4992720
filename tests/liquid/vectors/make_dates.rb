# What Ruby makes of date patterns, as JSON: every directive with flags and widths, for instants in zones.
#   ruby make_dates.rb > ruby-dates.json      (Ruby 3.1; the zones are the system's)
require 'json'

INSTANTS = [0, 951_782_400, 1_583_020_799, 1_609_718_403, 1_767_225_599, 1_782_898_200, 4_102_444_800]
ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata']
LETTERS = 'aAbBcCdDeFgGhHIjklLmMnNpPrRsStTuUvVwWxXyYzZ%+qQJ'.chars
SHAPES = ['', '-', '_', '0', '^', '#', '6', '_8', '09', '-4', 'E', 'O']
OFFSETS = ['%:z', '%::z', '%-z', '%_z', '%10z', '%_10z', '%10:z', '%:10z', '%_:z', '%-:z', '%_10:z', '%:::z', '%::::z', '%:d', '%3N', '%6N', '%12N', '%2L', '%^10B', '%#P', '%010A']

# The text, or nil when Ruby refuses the pattern.
def formatted(time, pattern)
  time.strftime(pattern)
rescue ArgumentError, Errno::ERANGE
  nil
end

patterns = LETTERS.product(SHAPES).map { |letter, shape| "%#{shape}#{letter}" } + OFFSETS
vectors = INSTANTS.product(ZONES).each_with_index.map do |(instant, zone), place|
  ENV['TZ'] = zone
  time = Time.at(instant)
  # Every pattern is tried at several instants, no instant has them all: the file stays small.
  chosen = patterns.each_index.select { |index| (index + place) % 7 < 2 }
  { at: instant, zone: zone, texts: chosen.to_h { |index| [patterns[index], formatted(time, patterns[index])] } }
end
puts JSON.pretty_generate({ engine: "Ruby #{RUBY_VERSION}", vectors: vectors })
