# What Ruby's Liquid makes of the cases on its input, as JSON:
#   python -m tests.liquid.vectors.cases legacy | ruby make_legacy.rb > expected/legacy.json
# The gem is in Debian 12's package ruby-liquid, or `gem install liquid -v 5.4.0`.
ENV["TZ"] = "UTC"
require "json"
require "liquid"

VERSION = "5.4.0"
raise "the expected texts are of liquid #{VERSION}, this is #{Liquid::VERSION}" unless Liquid::VERSION == VERSION

input = JSON.parse($stdin.read)
INSTANT = Time.at(input["now"]).utc
Time.define_singleton_method(:now) { INSTANT }
Date.define_singleton_method(:today) { INSTANT.to_date }

# Partials by name, as a file system for `include` and `render`.
Partials = Struct.new(:texts) do
  def read_template_file(name)
    texts.fetch(name) { raise Liquid::FileSystemError, "No such template '#{name}'" }
  end
end

vectors = input["cases"].to_h do |given|
  Liquid::Template.file_system = Partials.new(given["partials"])
  found = begin
    template = Liquid::Template.parse(given["template"])
    text = template.render(given["data"], strict_variables: true, strict_filters: true)
    template.errors.empty? ? { "output" => text.dup.force_encoding("UTF-8").scrub } : { "error" => template.errors.first.message.dup.force_encoding("UTF-8").scrub }
  rescue Liquid::Error, SystemStackError, ArgumentError, TypeError, NoMethodError, RangeError, FloatDomainError => error
    { "error" => error.message.lines.first.to_s.chomp }
  end
  [given["id"], { "check" => given["check"] }.merge(found)]
end
puts JSON.generate({ "engine" => "Ruby Liquid #{VERSION}", "vectors" => vectors }, indent: " ", object_nl: "\n", space: " ")
